import { imagePx, mm } from "../geometry/units";
import { t } from "../i18n/translate";
import { describeYears } from "../ui/format";
import type { ViewSource } from "../viewer/source";
import type { CaseImages } from "./types";

/** The views of a case as the viewer wants them. */
export const viewSources = (data: Pick<CaseImages, "views" | "prior">): ViewSource[] => {
  const priors = new Map(data.prior?.views.map((view) => [view.key, view.frame]));
  return data.views.map((view) => ({
    key: view.key,
    frame: {
      side: view.side,
      width: imagePx(view.width),
      height: imagePx(view.height),
      pixelMm: mm(view.pixel_mm),
    },
    window: view.window,
    data: view.frame,
    previewUrl: view.preview_url,
    prior: priors.get(view.key),
  }));
};

/** What stands over the images of the exam before; null where there is none. */
export function priorLabel({ prior }: CaseImages): string | null {
  return prior ? t("priorOver", { when: describeYears(prior.years_before) }) : null;
}
