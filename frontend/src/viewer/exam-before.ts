import type { Navigator } from "./navigator";
import type { Stage } from "./stage";

/** The exam before: in the place of this one, or beside it; looked at and never marked. */
export class ExamBefore {
  inPlace = false;
  /** A mark was tried on it. */
  refused = false;
  readonly #stage: Stage;
  readonly #at: Navigator;
  readonly #exists: boolean;
  readonly #announce: () => void;

  constructor(stage: Stage, at: Navigator, exists: boolean, announce: () => void) {
    this.#stage = stage;
    this.#at = at;
    this.#exists = exists;
    this.#announce = announce;
  }

  show(shown: boolean): void {
    if (shown && this.#at.beside) this.showBeside(false);
    // A mark that holds the focus goes away with the current images; the keys must go on.
    if (this.#stage.element.contains(document.activeElement)) this.#stage.focus();
    this.inPlace = shown && this.#exists;
    this.refused = false;
    this.#announce();
  }

  /** Beside this one, at the same scale. */
  showBeside(shown: boolean): void {
    if (shown && this.#exists) this.inPlace = false;
    this.#at.hangBeside(shown && this.#exists);
    this.#announce();
  }

  /** Back to the current images, which is what is pointed at. */
  leave(): void {
    this.inPlace = false;
    this.refused = false;
  }

  /** Whether the exam before is meant, which is not marked; then the page is told. */
  refuseMark(prior: boolean): boolean {
    this.refused = false;
    if (!prior && !this.inPlace) return false;
    this.refused = true;
    this.#announce();
    return true;
  }
}
