import type { Key } from "../i18n/en";
import type { PracticeWay, SessionStart } from "../api/types";

export type Way = "adaptive" | "weakness" | "finding" | "tier" | "assessment";
export type Finding = NonNullable<PracticeWay["finding"]>;

export interface Choice {
  readonly way: Way;
  readonly finding: Finding;
  readonly tier: number;
}

export const FIRST_CHOICE: Choice = { way: "adaptive", finding: "mass", tier: 3 };

export const WAYS: readonly { readonly value: Way; readonly label: Key }[] = [
  { value: "adaptive", label: "wayAdaptive" },
  { value: "weakness", label: "wayWeakness" },
  { value: "finding", label: "wayFinding" },
  { value: "tier", label: "wayTier" },
  { value: "assessment", label: "wayAssessment" },
];

export const FINDINGS: readonly { readonly value: Finding; readonly label: Key }[] = [
  { value: "mass", label: "masses" },
  { value: "calcification", label: "calcifications" },
  { value: "distortion", label: "distortions" },
  { value: "asymmetry", label: "asymmetries" },
];

/** What each way does, before it is begun. */
export const EXPLAINED: Readonly<Record<Way, Key>> = {
  adaptive: "adaptiveText",
  weakness: "weaknessText",
  finding: "findingText",
  tier: "tierText",
  assessment: "assessmentText",
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
