import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { Generator } from "../api/types";
import { GeneratorSelect } from "./GeneratorSelect";
import { isWorthTelling, meantGenerator, nameOf, offerGenerators } from "./generators";

const generator = (name: string, more: Partial<Generator> = {}): Generator => ({
  name,
  sha256: name.padEnd(64, "0"),
  is_default: false,
  trained_on: `images of ${name}`,
  version: "0.3.0",
  has_card: true,
  ...more,
});
const SHIPPED = generator("parenchyma", { is_default: true });
const OURS = generator("ours", { has_card: false });
const THEIRS = generator("theirs");

const show = (generators: readonly Generator[], value = ""): string =>
  renderToStaticMarkup(createElement(GeneratorSelect, { generators, value, onChange: () => {} }));

describe("the choice of a generator", () => {
  it("is not shown where there is none to make", () => {
    expect(offerGenerators([])).toBeNull();
    expect(offerGenerators([SHIPPED])).toBeNull();
    expect(show([SHIPPED])).toBe("");
    expect(show([])).toBe("");
  });

  it("offers the default first, then the others by name", () => {
    const page = show([SHIPPED, OURS, THEIRS]);
    const options = [...page.matchAll(/<option value="([^"]*)"[^>]*>([^<]*)</g)];
    expect(options.map(([, value, label]) => [value, label])).toEqual([
      ["", "parenchyma (default)"],
      [OURS.sha256, "ours"],
      [THEIRS.sha256, "theirs"],
    ]);
  });

  it("has a label, and links to the card of what is chosen", () => {
    const page = show([SHIPPED, OURS, THEIRS], THEIRS.sha256);
    const id = /<label for="([^"]+)">Generator</.exec(page)?.[1];
    expect(page).toContain(`<select id="${id}"`);
    expect(page).toContain(`<option value="${THEIRS.sha256}" selected="">theirs`);
    expect(page).toContain(`href="/model-card/${THEIRS.sha256}"`);
    expect(page).toContain("Model card of theirs");
    expect(show([SHIPPED, OURS])).toContain(`href="/model-card/${SHIPPED.sha256}"`);
    expect(show([SHIPPED, OURS], OURS.sha256)).not.toContain("href");
  });

  it("knows what is meant, and when that is gone", () => {
    expect(meantGenerator([SHIPPED, OURS], "")).toBe(SHIPPED);
    expect(meantGenerator([SHIPPED, OURS], OURS.sha256)).toBe(OURS);
    expect(meantGenerator([SHIPPED, OURS], "gone")).toBeUndefined();
  });

  it("lives without a default that can be read", () => {
    expect(offerGenerators([OURS, THEIRS])).toEqual({
      standard: "The site's default",
      others: [OURS, THEIRS],
    });
  });
});

describe("the generator of a request", () => {
  const used = { name: "parenchyma", sha256: SHIPPED.sha256 };

  it("is told where there are, or were, several", () => {
    expect(isWorthTelling(used, [SHIPPED])).toBe(false);
    expect(isWorthTelling(used, [SHIPPED, OURS])).toBe(true);
    expect(isWorthTelling({ name: "old", sha256: "ff" }, [SHIPPED])).toBe(true);
    expect(isWorthTelling(null, [SHIPPED, OURS])).toBe(false);
  });

  it("goes by its hash where its name was not kept", () => {
    expect(nameOf(used)).toBe("parenchyma");
    expect(nameOf({ name: "", sha256: "0123456789abcdef" })).toBe("0123456789ab");
  });
});
