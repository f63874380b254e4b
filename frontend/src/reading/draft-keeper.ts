/** Keeps a reading safe: in the browser at once, on the server soon, through any lost connection. */
import { ApiError, isSignedOut, isTransient, sentence } from "../api/client";
import type { Answers, Draft } from "../api/types";
import type { AttentionState } from "../viewer/attention";
import { sameAnswers } from "./answers";

export type SaveState =
  | { readonly kind: "saved" | "unsaved" | "saving" | "offline" | "signed-out" }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "conflict"; readonly theirs: SavedDraft };

/** What lies in this browser's storage until the server has it. */
export interface LocalCopy {
  readonly answers: Answers;
  readonly revision: number;
  readonly acknowledged: boolean;
  readonly attention: AttentionState | null;
  /** The submit's idempotency key, once submitting has begun. */
  readonly key: string | null;
}

/** A draft that somebody has saved. */
export interface SavedDraft {
  readonly answers: Answers;
  readonly revision: number;
}

type Save = (draft: { answers: Answers; revision: number }) => Promise<{ revision: number }>;
type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export const SAVE_AFTER_MS = 700;
const RETRY_MS = [1000, 2000, 4000, 8000, 15000];

export class DraftKeeper {
  readonly #name: string;
  readonly #store: Store;
  readonly #save: Save;
  readonly #tell: (state: SaveState) => void;
  #copy: LocalCopy;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #saving = false;
  #failures = 0;
  #closed = false;
  #finished = false;

  constructor(options: {
    assignment: string;
    draft: Draft | null;
    empty: Answers;
    store: Store;
    save: Save;
    tell: (state: SaveState) => void;
  }) {
    this.#name = `parenchyma.reading.${options.assignment}`;
    this.#store = options.store;
    this.#save = options.save;
    this.#tell = options.tell;
    this.#copy = this.#begin(options.draft, options.empty);
  }

  get copy(): LocalCopy {
    return this.#copy;
  }

  /** Takes changed answers: kept here now, sent after a pause. */
  change(answers: Answers): void {
    this.#keep({ answers, acknowledged: false });
    this.#report({ kind: "unsaved" });
    this.#schedule(SAVE_AFTER_MS);
  }

  keepAttention(attention: AttentionState): void {
    this.#keep({ attention });
  }

  /** The key of this reading's submit, the same after any reload. */
  submitKey(make: () => string): string {
    if (!this.#copy.key) this.#keep({ key: make() });
    return this.#copy.key as string;
  }

  /** Submitting was refused: the answers may change again. */
  dropKey(): void {
    this.#keep({ key: null });
  }

  /** Sends unsent answers at once, for instance when the connection is back. */
  flush(): void {
    if (!this.#copy.acknowledged) this.#schedule(0);
  }

  /** Ends a conflict with one of the two versions. */
  resolve(choice: "mine" | "theirs", theirs: SavedDraft): Answers {
    if (choice === "mine") {
      this.#keep({ revision: theirs.revision, acknowledged: false });
      this.#schedule(0);
    } else {
      this.#keep({ answers: theirs.answers, revision: theirs.revision, acknowledged: true });
      this.#report({ kind: "saved" });
    }
    return this.#copy.answers;
  }

  /** The reading is submitted: nothing needs keeping. */
  finish(): void {
    this.#finished = true;
    this.close();
    this.#store.removeItem(this.#name);
  }

  /** Works (again); a component may be taken down and put back. */
  open(): void {
    if (!this.#closed || this.#finished) return;
    this.#closed = false;
    this.flush();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #begin(draft: Draft | null, empty: Answers): LocalCopy {
    const local = this.#read();
    const revision = draft?.revision ?? 0;
    const fresh: LocalCopy = {
      answers: draft?.answers ?? empty,
      revision,
      acknowledged: true,
      attention: local?.attention ?? null,
      key: local?.key ?? null,
    };
    if (!local) return fresh;
    // What the server confirmed here is newer than the draft we were given: that one is outdated.
    if (local.acknowledged) return local.revision > revision ? { ...local, key: fresh.key } : fresh;
    if (local.revision === revision) {
      this.#copy = local;
      this.#schedule(0);
      return local;
    }
    // Another window saved later than this browser's unsent answers: the reader decides.
    const answers = draft?.answers;
    if (answers && !sameAnswers(answers, local.answers)) {
      queueMicrotask(() => this.#report({ kind: "conflict", theirs: { answers, revision } }));
      return local;
    }
    return fresh;
  }

  #read(): LocalCopy | null {
    try {
      const text = this.#store.getItem(this.#name);
      return text ? (JSON.parse(text) as LocalCopy) : null;
    } catch {
      return null;
    }
  }

  #keep(change: Partial<LocalCopy>): void {
    this.#copy = { ...this.#copy, ...change };
    try {
      this.#store.setItem(this.#name, JSON.stringify(this.#copy));
    } catch {
      // A full or forbidden storage leaves the server's copy, which is on its way.
    }
  }

  #schedule(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#send(), ms);
  }

  async #send(): Promise<void> {
    if (this.#saving || this.#closed) return;
    this.#saving = true;
    this.#report({ kind: "saving" });
    const { answers, revision } = this.#copy;
    try {
      this.#acknowledge(answers, (await this.#save({ answers, revision })).revision);
    } catch (error) {
      this.#fail(error, answers);
    } finally {
      this.#saving = false;
    }
    if (!this.#copy.acknowledged && this.#failures === 0 && !this.#timer) this.#schedule(0);
  }

  #acknowledge(sent: Answers, revision: number): void {
    this.#failures = 0;
    this.#timer = null;
    const current = sameAnswers(sent, this.#copy.answers);
    this.#keep({ revision, acknowledged: current });
    this.#report({ kind: current ? "saved" : "unsaved" });
  }

  #fail(error: unknown, sent: Answers): void {
    if (error instanceof ApiError && error.code === "stale_draft") {
      const theirs = draftOf(error.body, sent);
      // Our own save arrived and only its answer was lost.
      if (theirs && sameAnswers(theirs.answers, sent)) {
        this.#acknowledge(sent, theirs.revision);
        return;
      }
      if (theirs) {
        this.#report({ kind: "conflict", theirs });
        return;
      }
    }
    const signedOut = isSignedOut(error);
    if (!signedOut && !isTransient(error)) {
      this.#report({ kind: "failed", reason: sentence(error) });
      return;
    }
    const wait = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] as number;
    this.#failures += 1;
    // Signing in again in another window is enough: it is tried until then.
    this.#report({ kind: signedOut ? "signed-out" : "offline" });
    this.#schedule(wait);
  }

  #report(state: SaveState): void {
    if (!this.#closed) this.#tell(state);
  }
}

/** The newer draft that comes with a refusal; the reader's own answers where there is none. */
function draftOf(body: unknown, mine: Answers): SavedDraft | null {
  const draft = (body as { draft?: Draft } | null)?.draft;
  return draft ? { answers: draft.answers ?? mine, revision: draft.revision } : null;
}
