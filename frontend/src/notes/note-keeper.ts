/** Keeps a note safe: in the browser at once, on the server soon, and again until it has arrived. */
import { ApiError, isSignedOut, isTransient, sentence } from "../api/client";
import type { Note } from "../api/types";

export type NoteContent = Pick<Note, "bookmarked" | "text">;
export type NoteState =
  | { readonly kind: "saved" | "unsaved" | "waiting" | "signed-out" }
  | { readonly kind: "failed"; readonly reason: string };

/** What lies in this browser's storage until the server has it. */
interface LocalNote extends NoteContent {
  /** When the note was saved that this one was written on. */
  readonly base: string | null;
}

type SavedNote = Omit<Note, "case">;
type Save = (note: NoteContent, base: string | null) => Promise<SavedNote>;
type Load = () => Promise<SavedNote>;
type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export const SAVE_AFTER_MS = 700;
export const RETRY_MS = 3000;

const PREFIX = "parenchyma.note.";
/** A browser that several people use keeps their notes apart. */
export const noteName = (person: number, caseId: string): string => `${PREFIX}${person}.${caseId}`;

/** Cases of which this browser holds an unsent note of a person. */
export function casesWithUnsent(names: readonly string[], person: number): string[] {
  const own = noteName(person, "");
  return names.filter((name) => name.startsWith(own)).map((name) => name.slice(own.length));
}

type Tell = (state: NoteState) => void;

export class NoteKeeper {
  readonly #name: string;
  readonly #store: Store;
  readonly #save: Save;
  readonly #load: Load;
  #watching: Tell | null = null;
  #state: NoteState | null = null;
  #content: NoteContent;
  #base: string | null;
  #wanted: NoteContent | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #sending = false;

  constructor(options: {
    name: string;
    kept: SavedNote;
    store: Store;
    /** Sends a note written on one saved at `base`; refused where that has changed. */
    save: Save;
    /** The note as the server has it. */
    load: Load;
  }) {
    const { kept } = options;
    this.#name = options.name;
    this.#store = options.store;
    this.#save = options.save;
    this.#load = options.load;
    this.#base = kept.updated_at;
    this.#content = { bookmarked: kept.bookmarked, text: kept.text };
    const local = this.#read();
    if (!local) return;
    const merged = merge(local, kept);
    if (same(merged, kept)) this.#forget();
    else {
      this.#content = merged;
      this.#wanted = merged;
      this.#schedule(0);
    }
  }

  /** What is written so far, sent or not. */
  get content(): NoteContent {
    return this.#content;
  }

  /** What became of it last; null while nothing was written. */
  get state(): NoteState | null {
    return this.#state;
  }

  /** Whether it is still needed: somebody writes, or something is still to be sent. */
  get busy(): boolean {
    return this.#watching !== null || this.#wanted !== null;
  }

  watch(tell: Tell | null): void {
    this.#watching = tell;
  }

  change(note: NoteContent): void {
    this.#content = note;
    this.#wanted = note;
    this.#keep(note);
    this.#tell({ kind: "unsaved" });
    this.#schedule(SAVE_AFTER_MS);
  }

  /** Sends what is unsent at once: the page is being left, or the connection is back. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    void this.#send();
  }

  #tell(state: NoteState): void {
    this.#state = state;
    this.#watching?.(state);
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
      this.#base = (await this.#save(note, this.#base)).updated_at;
      if (this.#wanted === note) {
        this.#wanted = null;
        this.#forget();
        this.#tell({ kind: "saved" });
      } else this.#keep(this.#wanted as NoteContent);
    } catch (error) {
      if (!isStale(error)) this.#fail(error, note);
      else await this.#catchUp().catch((reason: unknown) => this.#fail(reason, note));
    } finally {
      this.#sending = false;
    }
    // What was written meanwhile goes next.
    if (this.#wanted && this.#wanted !== note) this.#schedule(0);
  }

  /** Goes on from what another window saved meanwhile. */
  async #catchUp(): Promise<void> {
    const kept = await this.#load();
    this.#content = merge({ ...this.#content, base: this.#base }, kept);
    this.#base = kept.updated_at;
    this.#wanted = this.#content;
    this.#keep(this.#content);
    this.#tell({ kind: "unsaved" });
  }

  #fail(error: unknown, note: NoteContent): void {
    if (this.#wanted !== note) return;
    // On a computer that several people use, somebody else may be signed in by now.
    const signedOut =
      isSignedOut(error) || (error instanceof ApiError && error.code === "other_reader");
    if (signedOut || isTransient(error)) {
      this.#tell({ kind: signedOut ? "signed-out" : "waiting" });
      this.#schedule(RETRY_MS);
    } else this.#tell({ kind: "failed", reason: sentence(error) });
  }

  #read(): LocalNote | null {
    try {
      const text = this.#store.getItem(this.#name);
      return text ? (JSON.parse(text) as LocalNote) : null;
    } catch {
      return null;
    }
  }

  #keep(note: NoteContent): void {
    const { bookmarked, text } = note;
    try {
      this.#store.setItem(this.#name, JSON.stringify({ bookmarked, text, base: this.#base }));
    } catch {
      // A full or forbidden storage leaves what is in memory, which is on its way.
    }
  }

  #forget(): void {
    this.#store.removeItem(this.#name);
  }
}

const isStale = (error: unknown): boolean =>
  error instanceof ApiError && error.code === "stale_note";

const same = (one: NoteContent, other: NoteContent): boolean =>
  one.text === other.text && one.bookmarked === other.bookmarked;

/** The unsent note; where another one was saved meanwhile, both, so that no word is lost. */
function merge(local: LocalNote, kept: SavedNote): NoteContent {
  const { bookmarked, text, base } = local;
  const goesOn = base === kept.updated_at || text.startsWith(kept.text);
  if (goesOn) return { bookmarked, text };
  if (kept.text.includes(text)) return { bookmarked: kept.bookmarked, text: kept.text };
  return { bookmarked: bookmarked || kept.bookmarked, text: `${kept.text}\n\n${text}` };
}
