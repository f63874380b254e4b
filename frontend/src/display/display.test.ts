import { describe, expect, it } from "vitest";
import { NOMINAL_CSS_PX_PER_MM } from "../geometry/measure";
import { isCheckDue, keepDisplay, MOST_PX_PER_MM, putOffCheck, readDisplay } from "./display";

const ADA = 1;
const BOB = 2;
const HERE = { key: "1366x768", ratio: 1 };
const NOW = new Date("2026-11-25T08:00:00Z");
const later = (days: number): Date => new Date(NOW.getTime() + days * 24 * 3600 * 1000);

function memory(text: string | null = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
}

describe("display", () => {
  it("remembers a screen's size for everybody, at any zoom of the browser", () => {
    const store = memory();
    expect(readDisplay(HERE, store)).toEqual({ cssPxPerMm: NOMINAL_CSS_PX_PER_MM, checked: null });
    expect(keepDisplay(ADA, 4.25, NOW, HERE, store)).toBe(true);
    expect(readDisplay(HERE, store)).toEqual({ cssPxPerMm: 4.25, checked: NOW.toISOString() });
    expect(readDisplay({ ...HERE, ratio: 1.25 }, store).cssPxPerMm).toBeCloseTo(3.4, 9);
    expect(readDisplay({ ...HERE, key: "3840x2160" }, store).checked).toBeNull();
  });

  it("is offered once to each person at each screen", () => {
    const store = memory();
    expect(isCheckDue(ADA, NOW, HERE, store)).toBe(true);
    keepDisplay(ADA, 4, NOW, HERE, store);
    expect(isCheckDue(ADA, later(400), HERE, store)).toBe(false);
    expect(isCheckDue(BOB, NOW, HERE, store)).toBe(true);
    expect(isCheckDue(ADA, NOW, { ...HERE, key: "3840x2160" }, store)).toBe(true);
  });

  it("is put off for a week, and the size that was kept stays", () => {
    const store = memory();
    keepDisplay(ADA, 4, NOW, HERE, store);
    putOffCheck(BOB, NOW, HERE, store);
    expect(isCheckDue(BOB, later(6.9), HERE, store)).toBe(false);
    expect(isCheckDue(BOB, later(7.1), HERE, store)).toBe(true);
    expect(readDisplay(HERE, store).cssPxPerMm).toBe(4);
  });

  it.each(["{", '"x"', "7", '{"screens":{"1366x768":{"pxPerMm":"4"}}}', '{"cssPxPerMm":4}'])(
    "counts %s as unchecked",
    (text) => {
      expect(readDisplay(HERE, memory(text)).checked).toBeNull();
      expect(isCheckDue(ADA, NOW, HERE, memory(text))).toBe(true);
    },
  );

  it("holds an absurd size in bounds, and says when nothing can be kept", () => {
    const absurd = memory('{"screens":{"1366x768":{"pxPerMm":400}}}');
    expect(readDisplay(HERE, absurd).cssPxPerMm).toBe(MOST_PX_PER_MM);
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error("full");
      },
    };
    expect(keepDisplay(ADA, 4, NOW, HERE, full)).toBe(false);
  });
});
