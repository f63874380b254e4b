import { describe, expect, it } from "vitest";
import { lastOfDays } from "./history";

const point = (at: string, mean: number) => ({ at, mean, low: mean - 1, high: mean + 1 });

describe("days of practice", () => {
  it("hold what was known at their end, the newest first", () => {
    const days = lastOfDays([
      {
        competency: "mass",
        history: [
          point("2026-05-19T10:00:00", 0.1),
          point("2026-05-19T18:00:00", 0.2),
          point("2026-05-20T08:00:00", 0.3),
        ],
      },
      { competency: "density", history: [point("2026-05-19T09:00:00", 0.9)] },
    ]);
    expect(days.map(({ day }) => day)).toEqual(["2026-05-20", "2026-05-19"]);
    expect(days[1]?.points.mass?.mean).toBe(0.2);
    expect(days[1]?.points.density?.mean).toBe(0.9);
    expect(days[0]?.points.density).toBeUndefined();
  });

  it("are none before there is an estimate", () => {
    expect(lastOfDays([{ competency: "mass", history: [] }])).toEqual([]);
  });
});
