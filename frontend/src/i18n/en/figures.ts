/** Figures in words, wherever they stand. */
export const FIGURES = {
  never: "never",
  notEnoughReadings: "Not enough readings",
  notEnoughAnswers: "Not enough answers",
  intervalOf: "95 % interval {interval}, n = {n}",
  estimate: "{value} ({low} to {high})",
  criterionUnknown: "Not enough readings to say whether you recall as your skill warrants.",
  criterionMore: "You recall more than your skill warrants.",
  criterionLess: "You recall less than your skill warrants.",
  criterionFits: "Nothing says that you recall more or less than your skill warrants.",
  prevalence: "The cases are enriched: {percent} of those read held an actionable finding.",
  prevalenceNone:
    "The cases are enriched, though none of those read so far held an actionable finding.",
  prevalenceWarning: "Do not compare recall or specificity with screening benchmarks.",
} as const;
