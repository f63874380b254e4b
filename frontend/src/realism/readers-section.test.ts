import { createElement } from "react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { Discrimination, SiteReaders } from "../api/types";
import { ReadersSection } from "./ReadersSection";

const nothing: SiteReaders = {
  standing: "not_measured",
  test: null,
  drawn_at: null,
  found: null,
  cues: null,
  giveaways: false,
};
const found: Discrimination = {
  area: { value: 0.52, low: 0.45, high: 0.59 },
  correct: { value: 0.51, low: 0.44, high: 0.58 },
  equivalence: { low: 0.46, high: 0.58, p: 0.02, margin: 0.1 },
  verdict: "equivalent",
  readers: 4,
  real: 18,
  synthetic: 22,
  enough: true,
  least: { readers: 3, images: 10 },
};
const show = (readers: SiteReaders): string =>
  renderToStaticMarkup(
    createElement(
      QueryClientProvider,
      { client: new QueryClient() },
      createElement(ReadersSection, { readers }),
    ),
  );

describe("what this site's readers found", () => {
  it("says plainly that nothing was measured", () => {
    const shown = show(nothing);
    expect(shown).toContain("Not measured here yet");
    expect(shown).not.toContain("Area under");
  });

  it("shows no figure without enough readings", () => {
    const few: Discrimination = {
      ...found,
      area: null,
      correct: null,
      equivalence: null,
      verdict: null,
      readers: 2,
      enough: false,
      least: { readers: 5, images: 12 },
    };
    const shown = show({ ...nothing, standing: "not_enough", found: few });
    expect(shown).toContain("at least 5 readers");
    expect(shown).toContain("2 readers, 18 real and 22 synthetic images");
    expect(shown).not.toContain("Area under");
  });

  it.each([
    ["equivalent", "Could not be told apart"],
    ["told_apart", "Told apart"],
    ["undecided", "Undecided"],
  ] as const)("tells the verdict %s in words with its interval", (verdict, words) => {
    const shown = show({ ...nothing, standing: "measured", found: { ...found, verdict } });
    expect(shown).toContain(words);
    expect(shown).toContain("90 % interval 0.46 to 0.58");
    expect(shown).toContain("95 % interval 0.45 to 0.59");
  });
});
