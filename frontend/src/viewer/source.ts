import type { ImageFrame } from "../geometry/camera";
import type { ViewKey } from "./hanging";
import type { Window } from "./window";

/** Where the bytes of one frame are and how to know that they are right. */
export interface FrameSource {
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly encoding: string;
}

/** The same views made otherwise, such as in another density: each with its findings and without. */
export type Variant = Readonly<
  Partial<Record<ViewKey, { readonly full: FrameSource; readonly base: FrameSource | null }>>
>;

export interface ViewSource {
  readonly key: ViewKey;
  readonly frame: ImageFrame;
  readonly window: Window;
  readonly data: FrameSource;
  readonly previewUrl: string | null;
  /** The same view of the exam before, on the same canvas. */
  readonly prior?: FrameSource | undefined;
}
