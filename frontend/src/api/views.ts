import { imagePx, mm } from "../geometry/units";
import type { ViewSource } from "../viewer/source";
import type { CaseImages } from "./types";

/** The views of a case as the viewer wants them. */
export const viewSources = (data: CaseImages): ViewSource[] =>
  data.views.map((view) => ({
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
  }));
