/** The courses of several abilities, day by day. */
import type { AbilityCourse, Interval } from "../api/types";

export interface Day {
  /** An ISO day, "2026-05-20", in the browser's time zone. */
  readonly day: string;
  readonly points: Readonly<Partial<Record<string, Interval>>>;
}

/** What was known of each ability at the end of each day, the newest day first. */
export function lastOfDays(
  abilities: readonly Pick<AbilityCourse, "competency" | "history">[],
): Day[] {
  const days = new Map<string, Partial<Record<string, Interval>>>();
  for (const { competency, history } of abilities) {
    for (const { at, mean, low, high } of history) {
      const day = localDay(at);
      days.set(day, { ...days.get(day), [competency]: { mean, low, high } });
    }
  }
  return [...days]
    .map(([day, points]) => ({ day, points }))
    .sort((a, b) => b.day.localeCompare(a.day));
}

function localDay(iso: string): string {
  const date = new Date(iso);
  const part = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}
