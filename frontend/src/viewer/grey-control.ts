import { clamp } from "../geometry/units";
import { PRESETS, UNCHANGED, type WindowChange } from "./window";

/** Window, preset and inversion, the same for all views. */
export class GreyControl {
  change: WindowChange = UNCHANGED;
  inverted = false;

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

  reset(): void {
    this.change = UNCHANGED;
    this.inverted = false;
  }
}
