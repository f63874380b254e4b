import { describe, expect, it } from "vitest";
import { NOMINAL_CSS_PX_PER_MM } from "../geometry/measure";
import { keepDisplay, MOST_PX_PER_MM, readDisplay } from "./display";

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
  it("remembers what was set", () => {
    const store = memory();
    expect(readDisplay(store)).toEqual({ cssPxPerMm: NOMINAL_CSS_PX_PER_MM, checked: null });
    expect(keepDisplay({ cssPxPerMm: 4.25, checked: "2026-01-02" }, store)).toBe(true);
    expect(readDisplay(store)).toEqual({ cssPxPerMm: 4.25, checked: "2026-01-02" });
  });

  it.each(["{", '"x"', '{"cssPxPerMm":-1}', '{"cssPxPerMm":"4"}'])("counts %s as unchecked", (text) => {
    expect(readDisplay(memory(text)).checked).toBeNull();
    expect(readDisplay(memory(text)).cssPxPerMm).toBe(NOMINAL_CSS_PX_PER_MM);
  });

  it("holds an absurd size in bounds, and says when nothing can be kept", () => {
    expect(readDisplay(memory('{"cssPxPerMm":400}')).cssPxPerMm).toBe(MOST_PX_PER_MM);
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error("full");
      },
    };
    expect(keepDisplay({ cssPxPerMm: 4, checked: null }, full)).toBe(false);
  });
});
