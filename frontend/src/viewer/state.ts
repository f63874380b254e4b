/** What the viewer tells its page, and what it is told. */
import type { ImagePoint } from "../geometry/units";
import type { AttentionState } from "./attention";
import type { DragTool } from "./gestures";
import type { Hanging, ViewKey } from "./hanging";
import type { RendererKind } from "./renderer";
import type { Curve } from "./window";

export interface ViewerState {
  readonly hanging: Hanging;
  readonly preset: string | null;
  readonly inverted: boolean;
  readonly synchronised: boolean;
  readonly dragTool: DragTool;
  readonly lesionsShown: boolean;
  readonly priorShown: boolean;
  /** The exam before hangs beside this one. */
  readonly besideShown: boolean;
  readonly curve: Curve;
  readonly loupe: boolean;
  /** What of a view alone is looked at in 1:1, counted from 1; null outside such steps. */
  readonly part: { readonly number: number; readonly count: number } | null;
  readonly renderer: RendererKind;
  readonly trueSize: boolean;
  /** A mark was tried on the exam before, which takes none. */
  readonly markRefused: boolean;
  readonly crosshairView: ViewKey;
  /** Canvas pixels per image pixel. */
  readonly zoom: number;
  readonly ready: number;
}

export interface ViewerEvents {
  onPlace?(view: ViewKey, point: ImagePoint): void;
  onMove?(id: string, point: ImagePoint): void;
  onSelect?(id: string): void;
  onRemove?(id: string): void;
  onKey?(event: KeyboardEvent, mark: string | null): boolean;
  onState?(state: ViewerState): void;
}

/** What the viewer says, in the reader's language. */
export interface ViewerWords {
  readonly loading: string;
  readonly tryAgain: string;
  /** What a screen reader says of a picture. */
  describe(view: ViewKey, prior: boolean): string;
  /** A problem with an image, told in English by what found it. */
  problem(english: string): string;
}

export interface ViewerOptions {
  /** What stands over every image, such as that it is synthetic. */
  readonly notice: string;
  readonly label: string;
  readonly words: ViewerWords;
  /** What stands over the exam before; null where there is none. */
  readonly prior: string | null;
  readonly attention?: AttentionState | undefined;
}
