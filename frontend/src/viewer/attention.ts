import type { ImageFrame } from "../geometry/camera";
import type { ImagePoint } from "../geometry/units";
import type { Pyramid } from "./pyramid";
import { VIEW_KEYS, type ViewKey } from "./hanging";

/** What a reader looked at, as it is sent with the reading. */
export interface AttentionLog {
  readonly views: Readonly<
    Record<ViewKey, { dwell_ms: number; seen_1to1: number; cells: [number, number, number][] }>
  >;
  readonly first_mark_ms: number | null;
  readonly total_ms: number;
}

/** What must be kept so that a reload loses no attention. */
export interface AttentionState {
  dwell: Record<string, number>;
  /** Milliseconds at 1:1 of each cell: pairs of [cell, ms]. */
  seen: Record<string, [number, number][]>;
  firstMark: number | null;
  total: number;
}

const CELL_PX = 64;
/** More than there are columns: a cell's number is row * ROW + column. */
const ROW = 100;

const emptyState = (): AttentionState => ({ dwell: {}, seen: {}, firstMark: null, total: 0 });

/** Adds up dwell per view and the share of the breast that was on screen at 1:1. */
export class Attention {
  readonly #state: AttentionState;
  readonly #tissue = new Map<ViewKey, Set<number>>();
  readonly #seen = new Map<ViewKey, Map<number, number>>();

  constructor(state: AttentionState = emptyState()) {
    this.#state = { ...state, dwell: { ...state.dwell } };
    for (const key of VIEW_KEYS) this.#seen.set(key, new Map((state.seen[key] ?? []).filter(Array.isArray)));
  }

  /** Learns from any resolution of the image which cells hold breast. */
  learnTissue(key: ViewKey, pyramid: Pyramid): void {
    const level = pyramid.levels.at(-1);
    if (!level) return;
    const cells = new Set<number>();
    for (let y = 0; y < level.height; y += 2) {
      for (let x = 0; x < level.width; x += 2) {
        if ((level.pixels[y * level.width + x] as number) > pyramid.air + 16) {
          cells.add(cellOf(x * level.shrink, y * level.shrink));
        }
      }
    }
    this.#tissue.set(key, cells);
  }

  spend(key: ViewKey | null, ms: number): void {
    this.#state.total += ms;
    if (key) this.#state.dwell[key] = (this.#state.dwell[key] ?? 0) + ms;
  }

  /** Notes the image region from `a` to `b` as seen for a while at 1:1 or larger. */
  see(key: ViewKey, frame: ImageFrame, a: ImagePoint, b: ImagePoint, ms: number): void {
    const seen = this.#seen.get(key);
    const low = (value: number): number => Math.max(0, Math.ceil(value / CELL_PX));
    const high = (value: number, size: number): number =>
      Math.floor(Math.min(value, size) / CELL_PX);
    for (let row = low(a.y); row < Math.max(high(b.y, frame.height), low(a.y) + 1); row++) {
      for (let column = low(a.x); column < high(b.x, frame.width); column++) {
        const cell = row * ROW + column;
        seen?.set(cell, (seen.get(cell) ?? 0) + ms);
      }
    }
  }

  noteMark(): void {
    this.#state.firstMark ??= Math.round(this.#state.total);
  }

  get log(): AttentionLog {
    const views = Object.fromEntries(
      VIEW_KEYS.map((key) => [
        key,
        {
          dwell_ms: Math.round(this.#state.dwell[key] ?? 0),
          seen_1to1: this.#share(key),
          cells: this.#cells(key),
        },
      ]),
    ) as AttentionLog["views"];
    const { firstMark, total } = this.#state;
    return { views, first_mark_ms: firstMark, total_ms: Math.round(total) };
  }

  get state(): AttentionState {
    const seen = Object.fromEntries(VIEW_KEYS.map((key) => [key, [...(this.#seen.get(key) ?? [])]]));
    return { ...this.#state, seen };
  }

  /** The cells of breast that were seen, as [column, row, ms]. */
  #cells(key: ViewKey): [number, number, number][] {
    const tissue = this.#tissue.get(key);
    return [...(this.#seen.get(key) ?? [])]
      .filter(([cell]) => tissue?.has(cell))
      .map(([cell, ms]) => [cell % ROW, Math.floor(cell / ROW), Math.round(ms)]);
  }

  #share(key: ViewKey): number {
    const tissue = this.#tissue.get(key);
    if (!tissue?.size) return 0;
    let count = 0;
    for (const cell of this.#seen.get(key)?.keys() ?? []) if (tissue.has(cell)) count++;
    return Math.round((count / tissue.size) * 1000) / 1000;
  }
}

const cellOf = (x: number, y: number): number =>
  Math.floor(y / CELL_PX) * ROW + Math.floor(x / CELL_PX);
