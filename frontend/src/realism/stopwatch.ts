/** How long a page was looked at: a hidden page does not count. */
export class Stopwatch {
  #seconds = 0;
  #since: number | null = null;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  start(): void {
    this.#since ??= this.#now();
  }

  stop(): void {
    this.#seconds = this.seconds;
    this.#since = null;
  }

  get seconds(): number {
    return this.#seconds + (this.#since === null ? 0 : (this.#now() - this.#since) / 1000);
  }
}
