/** What the viewer says, in the reader's language; its own problems reach it in English. */
import { EN, type Key } from "../i18n/en";
import { t } from "../i18n/translate";
import { viewLabel } from "../viewer/hanging";
import type { ViewerWords } from "../viewer/state";

const PROBLEMS: readonly Key[] = ["imageDamaged", "imageLost", "decoderStopped"];

/** `picture` names what the images are, such as a synthetic mammogram. */
export const viewerWords = (picture: string): ViewerWords => ({
  loading: t("loadingImage"),
  tryAgain: t("tryAgain"),
  describe: (key, prior) => t(prior ? "imageOfPrior" : "imageOf", { view: viewLabel(key), picture }),
  problem: tellProblem,
});

/** A problem of the viewer's: its words, or what a promise of it was refused with. */
export function tellProblem(problem: unknown): string {
  const english = problem instanceof Error ? problem.message : String(problem);
  const status = /status (\d+)/.exec(english)?.[1];
  if (status) return t("imageRefused", { status });
  return t(PROBLEMS.find((key) => EN[key] === english) ?? "imageUnreadable");
}
