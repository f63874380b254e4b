/** Keeps a note while it is written: sent after a pause, and again until it has arrived. */
import { isTransient, sentence } from "../api/client";
import type { Note } from "../api/types";

export type NoteContent = Pick<Note, "bookmarked" | "text">;
export type NoteState =
  | { readonly kind: "saved" | "unsaved" | "waiting" }
  | { readonly kind: "failed"; readonly reason: string };

export const SAVE_AFTER_MS = 700;
export const RETRY_MS = 3000;

export class NoteKeeper {
  readonly #save: (note: NoteContent) => Promise<unknown>;
  readonly #tell: (state: NoteState) => void;
  #wanted: NoteContent | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #sending = false;

  constructor(save: (note: NoteContent) => Promise<unknown>, tell: (state: NoteState) => void) {
    this.#save = save;
    this.#tell = tell;
  }

  change(note: NoteContent): void {
    this.#wanted = note;
    this.#tell({ kind: "unsaved" });
    this.#schedule(SAVE_AFTER_MS);
  }

  /** Sends what is unsent at once: the page is being left. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    void this.#send();
  }

  #schedule(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), ms);
  }

  async #send(): Promise<void> {
    const note = this.#wanted;
    if (!note || this.#sending) return;
    this.#sending = true;
    try {
      await this.#save(note);
      if (this.#wanted === note) {
        this.#wanted = null;
        this.#tell({ kind: "saved" });
      }
    } catch (error) {
      this.#fail(error, note);
    } finally {
      this.#sending = false;
    }
    // What was written meanwhile goes next.
    if (this.#wanted && this.#wanted !== note) this.#schedule(0);
  }

  #fail(error: unknown, note: NoteContent): void {
    if (this.#wanted !== note) return;
    if (isTransient(error)) {
      this.#tell({ kind: "waiting" });
      this.#schedule(RETRY_MS);
    } else this.#tell({ kind: "failed", reason: sentence(error) });
  }
}
