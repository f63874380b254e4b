/** SHA-256 as lower-case hex; works on plain http too, where the browser gives no crypto.subtle. */
export async function sha256Hex(data: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return hashSlowly(data);
  return toHex(new Uint8Array(await subtle.digest("SHA-256", data)));
}

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** FIPS 180-4, section 6.2. */
export function hashSlowly(data: Uint8Array): string {
  const state = ROOTS.slice();
  const whole = data.length - (data.length % 64);
  const schedule = new Int32Array(64);
  for (let offset = 0; offset < whole; offset += 64) mixBlock(state, data, offset, schedule);
  const tail = padTail(data, whole);
  for (let offset = 0; offset < tail.length; offset += 64) mixBlock(state, tail, offset, schedule);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => digest.setInt32(index * 4, word));
  return toHex(new Uint8Array(digest.buffer));
}

function padTail(data: Uint8Array, from: number): Uint8Array {
  const rest = data.length - from;
  const tail = new Uint8Array(rest + 9 > 64 ? 128 : 64);
  tail.set(data.subarray(from));
  tail[rest] = 0x80;
  const view = new DataView(tail.buffer);
  view.setUint32(tail.length - 8, Math.floor(data.length / 0x20000000));
  view.setUint32(tail.length - 4, (data.length << 3) >>> 0);
  return tail;
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function mixBlock(state: Int32Array, data: Uint8Array, offset: number, w: Int32Array): void {
  const at = (index: number): number => w[index] as number;
  for (let t = 0; t < 16; t++) {
    const byte = (k: number): number => data[offset + 4 * t + k] as number;
    w[t] = (byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3);
  }
  for (let t = 16; t < 64; t++) {
    const early = at(t - 15);
    const late = at(t - 2);
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    w[t] = (at(t - 16) + s0 + at(t - 7) + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number, number, number, number, number, number, number, number,
  ];
  for (let t = 0; t < 64; t++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (CONSTANTS[t] as number) + at(t)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = ((state[index] as number) + word) | 0;
  });
}

/** First 32 bits of the fractional parts of the roots of the first primes. */
function fractions(count: number, root: (prime: number) => number): Int32Array {
  const words = new Int32Array(count);
  for (let candidate = 2, found = 0; found < count; candidate++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
      if (candidate % divisor === 0) prime = false;
    }
    if (prime) words[found++] = (root(candidate) % 1) * 0x100000000;
  }
  return words;
}

const ROOTS = fractions(8, Math.sqrt);
const CONSTANTS = fractions(64, Math.cbrt);
