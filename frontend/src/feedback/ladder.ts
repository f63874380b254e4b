/** The density ladder: which steps there are, and what stands in the way of the others. */
import type { Ladder, LadderStep } from "../api/types";
import { t } from "../i18n/translate";
import { percent } from "../ui/format";
import type { Variant } from "../viewer/source";

export const isShown = ({ state }: LadderStep): boolean => state === "own" || state === "done";

export const isComing = ({ state }: LadderStep): boolean =>
  state === "queued" || state === "running";

/** Something that was never asked for or that failed: asking again helps. */
export const isWanting = ({ state }: LadderStep): boolean =>
  state === "absent" || state === "failed" || state === "cancelled";

/** The pictures of a step for the viewer; null is the case as it was read. */
export function variantOf(step: LadderStep): Variant | null {
  if (step.state === "own") return null;
  return Object.fromEntries(
    step.views.map((view) => [
      view.key,
      { full: view.frame, base: step.base_frames[view.key] ?? null },
    ]),
  );
}

/** How well a finding stands out in one step: d' in all views that show it; null if not measured. */
export function detectability(step: LadderStep, finding: string): number | null {
  const views = step.findings.find(({ id }) => id === finding)?.views ?? [];
  const seen = views.filter(({ visible }) => visible);
  const known = seen.flatMap(({ dprime }) => (dprime === null ? [] : [dprime]));
  if (known.length === 0) return seen.length === 0 && views.length > 0 ? 0 : null;
  return Math.hypot(...known);
}

/** How the missing steps stand, in one sentence; "" while all are there or none was asked for. */
export function tellProgress({ steps }: Ladder): string {
  const failed = steps.filter(({ state }) => state === "failed");
  if (failed.length > 0) {
    const names = failed.map(({ density }) => density).join(", ");
    const [first] = failed;
    return t("densityFailed", { density: names, reason: first?.reason ?? "" });
  }
  const running = steps.find(({ state }) => state === "running");
  const coming = steps.filter(isComing);
  if (running) {
    const made = { density: running.density, percent: percent(running.progress) };
    const after = coming.length - 1;
    return after > 0 ? t("makingDensityMore", { ...made, n: after }) : t("makingDensity", made);
  }
  if (coming.length === 0) return "";
  return coming[0]?.reason || t("waitingForWorker");
}
