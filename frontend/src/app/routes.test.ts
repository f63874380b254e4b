import { describe, expect, it } from "vitest";
import type { Role } from "../api/types";
import { pagesOf, ROUTES } from "./routes";

const paths = (...roles: Role[]) => {
  const { daily, more } = pagesOf(roles);
  return { daily: daily.map(({ path }) => path), more: more.map(({ path }) => path) };
};

describe("the pages of the header", () => {
  it("stand all in the row for a resident", () => {
    expect(paths("resident").more).toEqual([]);
    expect(paths("resident").daily).toContain("/model-card");
    expect(paths("resident").daily).not.toContain("/people");
  });

  it("keep what is not for every day behind More, and lose none", () => {
    const all = paths("resident", "educator", "director", "operator");
    expect(all.daily).toContain("/cohort");
    expect(all.more).toContain("/requests");
    expect([...all.daily, ...all.more].sort()).toEqual(ROUTES.map(({ path }) => path).sort());
  });
});
