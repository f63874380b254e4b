import { canvasToImage, oneToOneScale, type Camera } from "../geometry/camera";
import { canvasPoint } from "../geometry/units";
import type { Attention } from "./attention";
import type { ViewKey } from "./hanging";
import type { Pane } from "./pane";

/** What is on screen and looked at, as far as a browser can tell. */
export interface Watched {
  readonly shown: readonly { readonly pane: Pane; readonly camera: Camera }[];
  /** The view under the pointer or the keyboard's crosshair. */
  readonly pointed: ViewKey | null;
  /** The exam before is looked at, and none of this one. */
  readonly elsewhere: boolean;
}

const EVERY_MS = 250;

/** Notes dwell and what is seen at 1:1 while the page is visible; returns how to stop. */
export function watchAttention(attention: Attention, look: () => Watched): () => void {
  const timer = setInterval(() => {
    if (document.visibilityState !== "visible") return;
    const { shown, pointed, elsewhere } = look();
    const only = shown.length === 1 ? (shown[0]?.pane.key ?? null) : null;
    attention.spend(elsewhere ? null : (only ?? pointed), EVERY_MS);
    for (const { pane, camera } of shown) noteSeen(attention, pane, camera);
  }, EVERY_MS);
  return () => clearInterval(timer);
}

function noteSeen(attention: Attention, pane: Pane, camera: Camera): void {
  const { frame } = pane.source;
  if (!pane.pyramid?.full || camera.scale < oneToOneScale(frame) * 0.98) return;
  const { width, height } = pane.size;
  const a = canvasToImage(canvasPoint(0, 0), camera, frame, pane.size);
  const b = canvasToImage(canvasPoint(width, height), camera, frame, pane.size);
  attention.see(pane.key, frame, a, b, EVERY_MS);
}
