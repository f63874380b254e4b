import type { RATING as ENGLISH } from "../en/rating";

export const RATING: Readonly<Record<keyof typeof ENGLISH, string>> = {
  suspicion: "Verdächtig?",
  inFiveSteps: "In fünf Stufen",
  from0To100: "Von 0 bis 100",
  ratingStep1: "sicher nicht",
  ratingStep2: "eher nicht",
  ratingStep3: "möglich",
  ratingStep4: "wahrscheinlich",
  ratingStep5: "sicher",
};
