/** Decoded frames of a case to come, within a bound of memory; the oldest give way. */
export class KeptFrames<Frame> {
  readonly #most: number;
  readonly #kept = new Map<string, { readonly frame: Frame; readonly bytes: number }>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#most = mostBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  has(key: string): boolean {
    return this.#kept.has(key);
  }

  keep(key: string, frame: Frame, bytes: number): void {
    this.take(key);
    this.#kept.set(key, { frame, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#most) return;
      this.take(oldest);
    }
  }

  /** Hands a frame over: it is the taker's alone from then on. */
  take(key: string): Frame | null {
    const found = this.#kept.get(key);
    if (!found) return null;
    this.#kept.delete(key);
    this.#bytes -= found.bytes;
    return found.frame;
  }
}
