import type { PracticeWay, SessionStart } from "../api/types";

export type Way = "adaptive" | "weakness" | "finding" | "tier" | "assessment";
export type Finding = NonNullable<PracticeWay["finding"]>;

export interface Choice {
  readonly way: Way;
  readonly finding: Finding;
  readonly tier: number;
}

export const FIRST_CHOICE: Choice = { way: "adaptive", finding: "mass", tier: 3 };

export const WAYS: readonly { readonly value: Way; readonly label: string }[] = [
  { value: "adaptive", label: "Adaptive" },
  { value: "weakness", label: "Weak points" },
  { value: "finding", label: "One finding" },
  { value: "tier", label: "One tier" },
  { value: "assessment", label: "Assessment" },
];

export const FINDINGS: readonly { readonly value: Finding; readonly label: string }[] = [
  { value: "mass", label: "Masses" },
  { value: "calcification", label: "Calcifications" },
  { value: "distortion", label: "Architectural distortion" },
  { value: "asymmetry", label: "Asymmetries" },
];

/** What each way does, before it is begun. */
export const EXPLAINED: Readonly<Record<Way, string>> = {
  adaptive: "Everything, with more of what you can gain most in. You are right about 8 times in 10.",
  weakness: "The two competencies in which you have most to gain, among normal cases.",
  finding: "One kind of finding, among normal cases: at least 4 in 10 hold nothing.",
  tier: "Cases of one difficulty, 1 the easiest to 5 the hardest.",
  assessment:
    "Harder: you are right about 5 or 6 times in 10, which measures best. Feedback still comes " +
    "after each case. Its figures are kept apart from practice.",
};

export function startOf({ way, finding, tier }: Choice): SessionStart {
  if (way === "assessment") return { mode: "assessment" };
  return {
    mode: "practice",
    focus: way,
    ...(way === "finding" && { finding }),
    ...(way === "tier" && { tier }),
  };
}
