import { describe, expect, it } from "vitest";
import { formatClock } from "./time-left";

describe("the clock of a test set", () => {
  it("tells hours only where there are some", () => {
    expect(formatClock(5400)).toBe("1:30:00");
    expect(formatClock(3599)).toBe("59:59");
    expect(formatClock(61)).toBe("1:01");
  });
  it("counts a second that has begun and never goes below nothing", () => {
    expect(formatClock(0.2)).toBe("0:01");
    expect(formatClock(0)).toBe("0:00");
    expect(formatClock(-3)).toBe("0:00");
  });
});
