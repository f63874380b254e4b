/** Keeps answers safe: in the browser at once, on the server one by one, through a lost connection. */
import { ApiError, isSignedOut, isTransient, sentence } from "../api/client";
import type { RealismAnswer } from "../api/types";

export type SendState =
  | { readonly kind: "saved" | "saving" }
  | { readonly kind: "offline" | "signed-out"; readonly waiting: number }
  /** The image to answer anew; null where the answer waits for whoever gave it to sign in. */
  | { readonly kind: "refused"; readonly reason: string; readonly image: string | null };

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const RETRY_MS = [1000, 2000, 4000, 8000, 15000];

export class AnswerKeeper {
  readonly #name: string;
  readonly #store: Store;
  readonly #send: (answer: RealismAnswer) => Promise<unknown>;
  readonly #tell: (state: SendState) => void;
  #queue: readonly RealismAnswer[];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #sending = false;
  #failures = 0;
  #closed = false;

  constructor(options: {
    reading: string;
    store: Store;
    send: (answer: RealismAnswer) => Promise<unknown>;
    tell: (state: SendState) => void;
  }) {
    this.#name = `parenchyma.realism.${options.reading}`;
    this.#store = options.store;
    this.#send = options.send;
    this.#tell = options.tell;
    this.#queue = this.#read();
  }

  /** Images whose answers the server may not have yet. */
  get waiting(): readonly string[] {
    return this.#queue.map(({ image }) => image);
  }

  add(answer: RealismAnswer): void {
    if (this.waiting.includes(answer.image)) return;
    this.#keep([...this.#queue, answer]);
    this.#schedule(0);
  }

  /** Works (again), for instance when the connection is back. */
  open(): void {
    this.#closed = false;
    if (this.#queue.length > 0) this.#schedule(0);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #read(): readonly RealismAnswer[] {
    try {
      const kept: unknown = JSON.parse(this.#store.getItem(this.#name) ?? "[]");
      return Array.isArray(kept) ? (kept as RealismAnswer[]) : [];
    } catch {
      return [];
    }
  }

  #keep(queue: readonly RealismAnswer[]): void {
    this.#queue = queue;
    try {
      if (queue.length > 0) this.#store.setItem(this.#name, JSON.stringify(queue));
      else this.#store.removeItem(this.#name);
    } catch {
      // A full or forbidden storage leaves the answers on their way.
    }
  }

  #schedule(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => void this.#sendFirst(), ms);
  }

  async #sendFirst(): Promise<void> {
    const [first] = this.#queue;
    if (!first || this.#sending) return;
    this.#sending = true;
    this.#report({ kind: "saving" });
    try {
      await this.#send(first);
      this.#done(first);
    } catch (error) {
      this.#fail(first, error);
    } finally {
      this.#sending = false;
    }
    if (this.#failures === 0 && this.#queue.length > 0) this.#schedule(0);
  }

  #done(answer: RealismAnswer): void {
    this.#failures = 0;
    this.#keep(this.#queue.filter(({ key }) => key !== answer.key));
    if (this.#queue.length === 0) this.#report({ kind: "saved" });
  }

  #fail(answer: RealismAnswer, error: unknown): void {
    // Another window has answered this image: its answer stands.
    if (error instanceof ApiError && error.code === "already_answered") {
      this.#done(answer);
      return;
    }
    const signedOut = isSignedOut(error);
    if (signedOut || isTransient(error)) {
      const wait = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] as number;
      this.#failures += 1;
      this.#report({ kind: signedOut ? "signed-out" : "offline", waiting: this.#queue.length });
      this.#schedule(wait);
      return;
    }
    // Another person is signed in here: the answers stay for who gave them.
    if (error instanceof ApiError && (error.status === 403 || error.status === 404)) {
      this.#failures += 1;
      this.#report({ kind: "refused", reason: sentence(error), image: null });
      return;
    }
    // Sent again it would be refused again; those after it are no worse for it.
    this.#failures = 0;
    this.#keep(this.#queue.filter(({ key }) => key !== answer.key));
    this.#report({ kind: "refused", reason: sentence(error), image: answer.image });
  }

  #report(state: SendState): void {
    if (!this.#closed) this.#tell(state);
  }
}
