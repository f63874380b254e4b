/** The JSON of the API, by the names used everywhere. */
import type { AttentionLog } from "../viewer/attention";
import type { ViewKey } from "../viewer/hanging";
import type { Side } from "../geometry/camera";
import type { FrameSource } from "../viewer/source";

export type Role = "resident" | "educator" | "director" | "operator";

export interface Membership {
  readonly institution: { readonly id: number | string; readonly name: string };
  readonly cohort: { readonly id: number | string; readonly name: string } | null;
  readonly role: Role;
}

export interface Me {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly memberships: readonly Membership[];
  readonly tutorial_done: boolean;
}

export interface Term {
  readonly key: string;
  readonly label: string;
}

export interface Descriptor extends Term {
  readonly values: readonly Term[];
}

export interface FindingKind extends Term {
  readonly descriptors: readonly Descriptor[];
}

export interface Vocabulary {
  readonly version: number;
  readonly finding_kinds: readonly FindingKind[];
  readonly assessments: readonly Term[];
  readonly densities: readonly Term[];
  readonly finding_assessments: readonly Term[];
  readonly pathologies: readonly Term[];
  readonly indications: readonly Term[];
  readonly dismissal_reasons: readonly Term[];
  readonly competencies: readonly Term[];
}

export type Density = "A" | "B" | "C" | "D";
export type Assessment = "0" | "1" | "2" | "3" | "4" | "5";

export interface Mark {
  readonly id: string;
  readonly view: ViewKey;
  readonly x: number;
  readonly y: number;
  readonly rating: number;
  /** Null until the reader chose; needed to submit. */
  readonly kind: string | null;
  readonly descriptors: Readonly<Record<string, string>>;
  readonly suspicious: boolean;
  readonly link: string | null;
}

export interface Answers {
  readonly density: Density | null;
  readonly breasts: Readonly<Record<Side, { readonly assessment: Assessment | null }>>;
  readonly recall: boolean | null;
  readonly marks: readonly Mark[];
}

export interface Session {
  readonly id: string;
  readonly mode: string;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly readings: number;
}

export interface CaseViewData {
  readonly key: ViewKey;
  readonly side: Side;
  readonly view: string;
  readonly width: number;
  readonly height: number;
  readonly pixel_mm: number;
  readonly window: { readonly center: number; readonly width: number };
  readonly frame: FrameSource;
  readonly preview_url: string | null;
}

export interface CaseData {
  readonly id: string;
  readonly age_band: string;
  readonly indication: string;
  readonly views: readonly CaseViewData[];
}

export interface Draft {
  /** Null before the first save. */
  readonly answers: Answers | null;
  readonly revision: number;
  readonly updated_at: string | null;
}

export interface Assignment {
  readonly id: string;
  readonly session: string;
  readonly position: number;
  readonly why: { readonly text?: string; readonly label?: string } | null;
  readonly case: CaseData;
  readonly draft: Draft | null;
  readonly reading: string | null;
}

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface FindingTruth {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly actionable: boolean;
  readonly side: Side;
  readonly descriptors: Readonly<Record<string, string>>;
  readonly assessment: string;
  readonly pathology: string;
  readonly clock: number;
  readonly distance_from_nipple_mm: number;
  readonly teaching: string;
  readonly views: readonly {
    readonly key: ViewKey;
    readonly outlines: readonly (readonly (readonly [number, number])[])[];
    readonly centre: readonly [number, number];
    readonly long_axis_mm: number;
    readonly visible: boolean;
    readonly dprime: number | null;
  }[];
}

export type MarkOutcome = "hit" | "duplicate" | "false_positive" | "neutral";

export interface Score {
  readonly method_version: string | number;
  readonly recall_correct: boolean;
  readonly density_correct: boolean;
  readonly positive: boolean;
  readonly case_rating: number | null;
  readonly lesions: readonly {
    readonly finding: string;
    readonly hit: boolean;
    readonly marks: readonly string[];
    readonly kind_right: boolean | null;
    readonly descriptors: Readonly<Record<string, boolean>> | null;
  }[];
  readonly marks: readonly {
    readonly id: string;
    readonly outcome: MarkOutcome;
    readonly finding: string | null;
  }[];
  readonly items: readonly {
    readonly key: string;
    readonly competency: string;
    readonly label: string;
    readonly correct: boolean;
  }[];
}

export interface AbilityChange {
  readonly competency: string;
  readonly label: string;
  readonly before: Interval;
  readonly after: Interval;
  readonly n: number;
}

export interface Feedback {
  readonly reading: string;
  readonly case: string;
  readonly assignment: string;
  readonly submitted_at: string;
  readonly answers: Answers;
  readonly score: Score;
  readonly truth: {
    readonly density: Readonly<Record<Side, Density>>;
    readonly assessment: Readonly<Record<Side, string>>;
    readonly recall: boolean;
    readonly tier: number;
    readonly findings: readonly FindingTruth[];
  };
  readonly base_frames: Readonly<Partial<Record<ViewKey, FrameSource>>>;
  readonly abilities: readonly AbilityChange[];
  readonly next: { readonly text: string };
}

export interface Proportion {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly enough: boolean;
}

/** An interval that is null until there are enough answers. */
export interface Estimate {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly enough: boolean;
}

export interface Ability extends Estimate {
  readonly competency: string;
  readonly label: string;
  readonly history?: readonly (Interval & { readonly at: string })[];
}

export interface Progress {
  readonly readings: number;
  readonly sensitivity: Proportion;
  readonly specificity: Proportion;
  readonly recall_rate: Proportion;
  readonly abilities: readonly Ability[];
  readonly criterion: Estimate;
  readonly streak_days: number;
  readonly prevalence: number | null;
}

export interface Cohort {
  readonly id: number | string;
  readonly name: string;
}

export interface CohortReport {
  readonly cohort: Cohort;
  readonly prevalence: number | null;
  readonly minimum_n: number;
  readonly residents: readonly {
    readonly id: number;
    readonly name: string;
    readonly readings: number;
    readonly last_read_at: string | null;
    readonly sensitivity: Proportion;
    readonly specificity: Proportion;
    readonly abilities: readonly Ability[];
    readonly criterion: Estimate;
  }[];
}

export interface Person {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly is_active: boolean;
  readonly last_login: string | null;
  readonly memberships: readonly Membership[];
  readonly may_reset_password: boolean;
}

export interface ImportedPerson {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly cohort: string;
  readonly url: string;
}

export interface OneTimeLink {
  readonly url: string;
  readonly expires_at: string;
}

export interface CaseReport {
  readonly id: number | string;
  readonly case: string;
  readonly reporter: string;
  readonly text: string;
  readonly state: "open" | "resolved";
  readonly created_at: string;
  readonly resolved_at: string | null;
}

export interface CaseRequest {
  readonly id: string;
  readonly state: "queued" | "running" | "done" | "failed" | "cancelled";
  readonly reason: string;
  readonly progress: number;
  readonly stage: string;
  readonly attempt: number;
  readonly created_at: string;
  readonly finished_at: string | null;
  readonly case: string | null;
  readonly density: string;
  readonly findings: readonly string[];
  readonly requested_by: string | null;
}

export interface ReadingRow {
  readonly id: string;
  readonly submitted_at: string;
  readonly recall_correct?: boolean;
  readonly positive?: boolean;
}

export type ReadingLog = AttentionLog;
