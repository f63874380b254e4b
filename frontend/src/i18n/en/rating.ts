/** The scales on which a mark is rated. */
export const RATING = {
  suspicion: "Suspicious?",
  inFiveSteps: "In five steps",
  from0To100: "From 0 to 100",
  ratingStep1: "definitely not",
  ratingStep2: "probably not",
  ratingStep3: "possibly",
  ratingStep4: "probably",
  ratingStep5: "definitely",
} as const;
