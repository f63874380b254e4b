import { clamp } from "../geometry/units";
import { PRESETS, UNCHANGED, type Curve, type WindowChange } from "./window";

/** How stored values are shown: the same change of every view's own window. */
export interface Greys {
  readonly change: WindowChange;
  readonly curve: Curve;
  readonly inverted: boolean;
}

/** Window, preset, curve and inversion, the same for all views. */
export class GreyControl implements Greys {
  change: WindowChange = UNCHANGED;
  inverted = false;
  curve: Curve = "linear";

  /** The key of the preset that is on, if any. */
  get preset(): string | null {
    const { shift, stretch } = this.change;
    const preset = PRESETS.find(({ change }) => change.shift === shift && change.stretch === stretch);
    return preset?.key ?? null;
  }

  /** A drag: to the right widens the window, downwards raises its centre. */
  drag(dx: number, dy: number): void {
    const { shift, stretch } = this.change;
    this.change = {
      shift: clamp(shift + dy / 600, -1.5, 1.5),
      stretch: clamp(stretch * Math.exp(dx / 300), 0.05, 4),
    };
  }

  nextPreset(): void {
    const index = PRESETS.findIndex(({ key }) => key === this.preset);
    this.change = PRESETS[(index + 1) % PRESETS.length]?.change ?? UNCHANGED;
  }

  /** Does a command of the keys, if it is one of these. */
  run(name: string): boolean {
    if (name === "invert") this.inverted = !this.inverted;
    else if (name === "curve") this.curve = this.curve === "linear" ? "sigmoid" : "linear";
    else if (name === "preset") this.nextPreset();
    else return false;
    return true;
  }

  reset(): void {
    this.change = UNCHANGED;
    this.inverted = false;
    this.curve = "linear";
  }
}
