import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { Measured, ModelCard } from "../api/types";
import { Card } from "./Card";
import { MeasuredSection } from "./MeasuredSection";

const OTHER = "cd".repeat(6);

const unmeasured = (state: Measured["standing"]["state"], said: string): Measured => ({
  title: "Measured against real images",
  intro: "By programs.",
  answer: "",
  standing: { state, said, sha256: "", made: "", version: "" },
  facts: [],
  strips: [],
  tables: [],
  notes: [],
});

const measured: Measured = {
  title: "Measured against real images",
  intro: "By programs.",
  answer: "One of two limits is met.",
  standing: {
    state: "measured",
    said: "Measured on these weights.",
    sha256: "",
    made: "2026-01-02T03:04:05Z",
    version: "0.3",
  },
  facts: [{ label: "Drawn cases", sentence: "", cells: ["60"], outcome: "none" }],
  strips: [
    {
      key: "c2st_auc network",
      label: "Classifier",
      sentence: "It guesses at 0.5.",
      better: "lower",
      origin: 0.5,
      floor: 0.51,
      bar: 0.8,
      stretch: null,
      marks: [
        { label: "Network alone", value: 0.72, outcome: "met" },
        { label: "Whole cases, CC", value: 0.9, outcome: "missed" },
      ],
    },
  ],
  tables: [
    {
      key: "bars",
      title: "The bars",
      intro: "",
      columns: ["Measured", "Outcome"],
      rows: [
        { label: "Classifier", sentence: "", cells: ["0.72", "met"], outcome: "met" },
        { label: "Distance", sentence: "", cells: ["not measured", "not measured"], outcome: "unknown" },
      ],
    },
  ],
  notes: ["Few images."],
};

const card: ModelCard = {
  name: "parenchyma",
  version: "0.3",
  sha256: "ab".repeat(32),
  verdict: { good_for: "Practice.", not_for: "Diagnosis.", realism: "Not measured yet." },
  evaluation: measured,
  audit: unmeasured("missing", "Not measured yet."),
  failures_standing: { state: "foreign", said: `Drawn by ${OTHER}`, sha256: "", made: "", version: "" },
  failures: [
    {
      title: "Crumpled fat",
      blocks: [{ kind: "paragraph", items: ["It is <b>crumpled</b>."] }],
      picture: { url: "/static/model-card/fat.jpg", alt: "Fat", width: 4, height: 3 },
    },
    { title: "Stars", blocks: [], picture: { url: null, alt: "Star", width: 4, height: 3 } },
  ],
  sections: [{ title: "Intended use", blocks: [{ kind: "list", items: ["One.", "Two."] }] }],
  readers: {
    standing: "not_measured",
    test: null,
    drawn_at: null,
    found: null,
    cues: null,
    giveaways: false,
  },
  training: {
    facts: [],
    series: [
      {
        key: "coarse",
        label: "Departure",
        sentence: "",
        points: [
          { step: 10, value: 0.02 },
          { step: 20, value: 0.01234 },
        ],
      },
    ],
    settings: null,
  },
};

const show = (shown: ModelCard): string => renderToStaticMarkup(createElement(Card, { card: shown }));
const section = (of: Measured): string =>
  renderToStaticMarkup(createElement(MeasuredSection, { id: "x", measured: of }));

describe("a report on the page", () => {
  it("of other weights is said to be one, and shows nothing else", () => {
    const said = `measured on other weights (${OTHER}…)`;
    const html = section({ ...measured, standing: { ...measured.standing, state: "foreign", said } });
    expect(html).toContain(said);
    for (const part of ["<table", "<svg", "0.72", "Few images"]) expect(html).not.toContain(part);
  });

  it("that is missing is said to be", () => {
    const html = section(unmeasured("missing", "Not measured yet."));
    expect(html).toContain("Not measured yet.");
    expect(html).toContain("is-warning");
  });

  it("gives every chart a table with its numbers, and every outcome in words", () => {
    const html = section(measured);
    expect(html).toContain("<svg");
    expect(html).toContain("dot is-missed");
    expect(html).toContain('<span class="state is-good is-done">met</span>');
    expect(html).toContain('<span class="state muted">not measured</span>');
    expect(html).toContain("0.72");
  });
});

describe("the card", () => {
  it("begins with the verdict", () => {
    const html = show(card);
    expect(html.indexOf("Diagnosis.")).toBeLessThan(html.indexOf("Measured against real images"));
    expect(html.indexOf("Diagnosis.")).toBeGreaterThan(-1);
  });

  it("says whose pictures of failures they are, and where one is not a file of the site", () => {
    const html = show(card);
    expect(html).toContain(`Drawn by ${OTHER}`);
    expect(html).toContain('src="/static/model-card/fat.jpg"');
    expect(html.match(/<img/g)).toHaveLength(1);
    expect(html).toContain("in the package");
  });

  it("does not take a lack of named failures for a lack of failures", () => {
    expect(show({ ...card, failures: [] })).toContain("does not mean that there are none");
  });

  it("shows text as text", () => {
    expect(show(card)).toContain("&lt;b&gt;");
  });

  it("has a table for its curves", () => {
    const html = show(card);
    expect(html).toContain("The curves as a table");
    expect(html).toContain("0.0123");
  });
});
