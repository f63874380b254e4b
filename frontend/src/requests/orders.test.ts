import { describe, expect, it } from "vitest";
import { describeCase, EMPTY_ORDER, groupKinds, wishesOf } from "./orders";

const kind = (key: string, label: string, group: string) => ({
  key,
  label,
  group,
  group_label: group.toUpperCase(),
});
const KINDS = [
  kind("mass", "Mass", "mass"),
  kind("cyst", "Cyst", "look_alike"),
  kind("fibroadenoma", "Fibroadenoma", "look_alike"),
];

describe("an order", () => {
  it("wishes nothing that was left open", () => {
    expect(wishesOf(EMPTY_ORDER)).toEqual({});
  });

  it("says what was chosen in the API's terms", () => {
    const order = { findings: "cyst", recall: "no", density: "C", tier: "4", prior: true };
    expect(wishesOf(order)).toEqual({
      findings: "cyst",
      actionable: false,
      density: "C",
      tier: 4,
      prior: true,
    });
    expect(wishesOf({ ...EMPTY_ORDER, recall: "yes" })).toEqual({ actionable: true });
  });

  it("offers the kinds chapter by chapter", () => {
    expect(groupKinds(KINDS).map(({ label, kinds }) => [label, kinds.length])).toEqual([
      ["MASS", 1],
      ["LOOK_ALIKE", 2],
    ]);
  });

  it("is listed by the names of its findings", () => {
    const order = { density: "B", findings: ["cyst", "older"], tier: null, prior: false };
    expect(describeCase(order, KINDS)).toBe("Density B, cyst, older");
    const harder = { density: "A", findings: [], tier: 4, prior: true };
    expect(describeCase(harder)).toBe("Density A, no finding, tier 4, with a prior");
  });
});
