import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ASK_AGAIN_MS, countDown, formatClock, isTimeToTell, SHORT_S, watchTime } from "./time-left";

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

describe("the time that is left", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("counts from when the server said it, though the page is shown later", () => {
    expect(countDown(100.5, Date.now() - 40_000)).toBe(61);
    expect(countDown(10, Date.now() - 40_000)).toBe(0);
  });

  it("is asked for when it seems to be up, and again: this clock may have been set forward", () => {
    const ask = vi.fn();
    const end = watchTime(3600, ask);
    vi.advanceTimersByTime(1000);
    expect(ask).not.toHaveBeenCalled();
    vi.setSystemTime(Date.now() + 7_200_000);
    vi.advanceTimersByTime(1000);
    expect(ask).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(ASK_AGAIN_MS);
    expect(ask).toHaveBeenCalledTimes(2);
    end();
    vi.advanceTimersByTime(ASK_AGAIN_MS * 2);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("is told once when little is left, and not anew with every case after", () => {
    expect([SHORT_S + 1, SHORT_S, SHORT_S - 59, SHORT_S - 60, 0].map(isTimeToTell)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });
});
