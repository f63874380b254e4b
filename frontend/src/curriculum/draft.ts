/** A curriculum while it is being edited: numbers as they are typed, errors by their fields. */
import { ApiError, flatten } from "../api/client";
import type { Curriculum, CurriculumDefaults, CurriculumSave } from "../api/types";

export const TRAINING_FIELDS = ["weight", "first_tier", "last_tier", "target_offset"] as const;
export type TrainingField = (typeof TRAINING_FIELDS)[number];
export const RULE_FIELDS = [
  "probability",
  "items",
  "neutral",
  "neutral_probability",
  "tier_probability",
] as const;
export type RuleField = (typeof RULE_FIELDS)[number];

export interface Training {
  readonly trained: boolean;
  readonly fields: Readonly<Record<TrainingField, string>>;
}

export interface Draft {
  readonly name: string;
  readonly trainings: Readonly<Record<string, Training>>;
  readonly rule: Readonly<Record<RuleField, string>>;
  readonly cohorts: readonly number[];
}

type Numbers = Readonly<Partial<Record<string, number>>>;

/** What the form begins with: a curriculum, or the defaults with everything trained. */
export function draftOf(defaults: CurriculumDefaults, curriculum: Curriculum | null): Draft {
  const fill = <F extends string>(
    names: readonly F[],
    limits: CurriculumDefaults["rule"],
    known: Numbers = {},
  ) =>
    Object.fromEntries(
      names.map((name) => [name, String(known[name] ?? limits[name]?.default ?? "")]),
    ) as Record<F, string>;
  const trainings = defaults.competencies.map(({ competency }) => {
    const known = curriculum?.competencies[competency];
    const fields = fill(TRAINING_FIELDS, defaults.training, known);
    return [competency, { trained: curriculum === null || known !== undefined, fields }] as const;
  });
  return {
    name: curriculum?.name ?? "",
    trainings: Object.fromEntries(trainings),
    rule: fill(RULE_FIELDS, defaults.rule, curriculum?.rule),
    cohorts: curriculum?.cohorts.map(({ id }) => id) ?? [],
  };
}

/** What is sent: an empty field as nothing, which the server refuses by the field's name. */
export function bodyOf({ name, trainings, rule }: Draft): CurriculumSave {
  const competencies = Object.entries(trainings)
    .filter(([, { trained }]) => trained)
    .map(([competency, { fields }]) => [competency, toNumbers(fields)]);
  return { name, competencies: Object.fromEntries(competencies), rule: toNumbers(rule) };
}

const toNumbers = (fields: Readonly<Record<string, string>>): Record<string, number | null> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, text]) => [
      name,
      text.trim() === "" ? null : Number(text.replace(",", ".")),
    ]),
  );

/** Errors by the path of their field, "competencies.mass.weight"; null where there are none. */
export function errorsOf(error: unknown): ReadonlyMap<string, string> | null {
  if (!(error instanceof ApiError) || error.status !== 400) return null;
  const found = new Map<string, string>();
  const walk = (problem: unknown, path: readonly string[]): void => {
    if (typeof problem === "object" && problem !== null && !Array.isArray(problem)) {
      for (const [key, value] of Object.entries(problem)) walk(value, [...path, key]);
    } else if (path.length > 0) found.set(path.join("."), flatten(problem).join(" "));
  };
  walk(error.body, []);
  return found.size > 0 ? found : null;
}

/** Which cohorts a change of the draft would move, in or out. */
export const sameCohorts = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id));
