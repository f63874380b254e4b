/** How long a page was looked at: a hidden page does not count. */
export class Stopwatch {
  #begun = false;
  #seconds = 0;
  #since: number | null = null;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** There is something to look at, from now on. */
  begin(hidden: boolean): void {
    this.#begun = true;
    this.look(hidden);
  }

  /** The page comes into sight or goes out of it. */
  look(hidden: boolean): void {
    if (hidden) this.#stop();
    else if (this.#begun) this.#since ??= this.#now();
  }

  #stop(): void {
    this.#seconds = this.seconds;
    this.#since = null;
  }

  get seconds(): number {
    return this.#seconds + (this.#since === null ? 0 : (this.#now() - this.#since) / 1000);
  }
}
