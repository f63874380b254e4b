import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../api/client";
import {
  casesWithUnsent,
  NoteKeeper,
  noteName,
  RETRY_MS,
  SAVE_AFTER_MS,
  type NoteState,
} from "./note-keeper";

const note = (text: string) => ({ bookmarked: false, text });
const saved = (text: string, updated_at: string | null = null) => ({ ...note(text), updated_at });
const NAME = noteName(7, "case");

class MemoryStore {
  readonly items = new Map<string, string>();
  getItem = (name: string): string | null => this.items.get(name) ?? null;
  setItem = (name: string, value: string): void => void this.items.set(name, value);
  removeItem = (name: string): void => void this.items.delete(name);
}

describe("note keeper", () => {
  let states: NoteState[];
  let store: MemoryStore;
  const last = () => states.at(-1);
  const open = (save: (content: { text: string }) => Promise<ReturnType<typeof saved>>, kept = saved("")) => {
    const keeper = new NoteKeeper({ name: NAME, kept, store, save: (content) => save(content), load });
    keeper.watch((state) => void states.push(state));
    return keeper;
  };
  const load = vi.fn(() => Promise.resolve(saved("theirs", "later")));
  const arrive = vi.fn(({ text }: { text: string }) => Promise.resolve(saved(text, "now")));
  beforeEach(() => {
    vi.useFakeTimers();
    arrive.mockClear();
    states = [];
    store = new MemoryStore();
  });
  afterEach(() => vi.useRealTimers());

  it("sends once after a pause, and then keeps nothing here", async () => {
    const keeper = open(arrive);
    keeper.change(note("a"));
    keeper.change(note("ab"));
    expect(store.items.size).toBe(1);
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(arrive.mock.calls).toEqual([[note("ab")]]);
    expect(last()).toEqual({ kind: "saved" });
    expect(store.items.size).toBe(0);
    keeper.flush();
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(arrive).toHaveBeenCalledTimes(1);
  });

  it("tries again while the connection is away, and sends at once when the page is left", async () => {
    const save = vi.fn(arrive).mockRejectedValueOnce(new OfflineError());
    const keeper = open(save);
    keeper.change(note("a"));
    keeper.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(last()).toEqual({ kind: "waiting" });
    await vi.advanceTimersByTimeAsync(RETRY_MS);
    expect(last()).toEqual({ kind: "saved" });
  });

  it.each([
    ["nobody", new ApiError(403, { detail: "", code: "not_authenticated" })],
    ["somebody else", new ApiError(409, { detail: "", code: "other_reader" })],
  ])("waits for a sign-in, too, where %s is signed in", async (_who, signedOut) => {
    open(vi.fn(arrive).mockRejectedValueOnce(signedOut)).change(note("a"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(last()).toEqual({ kind: "signed-out" });
    await vi.advanceTimersByTimeAsync(RETRY_MS);
    expect(last()).toEqual({ kind: "saved" });
  });

  it("sends what was written while the last version was on its way", async () => {
    let done: (value: ReturnType<typeof saved>) => void = () => undefined;
    const save = vi.fn(arrive).mockImplementationOnce(() => new Promise((resolve) => (done = resolve)));
    const keeper = open(save);
    keeper.change(note("a"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    keeper.change(note("ab"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    done(saved("a", "then"));
    await vi.advanceTimersByTimeAsync(0);
    expect(save.mock.calls).toEqual([[note("a")], [note("ab")]]);
    expect(last()).toEqual({ kind: "saved" });
  });

  it("says why it was refused, and stops", async () => {
    const save = vi.fn().mockRejectedValue(new ApiError(400, { text: ["Too long."] }));
    open(save).change(note("x"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledTimes(1);
    expect(last()).toEqual({ kind: "failed", reason: "Text: Too long." });
  });

  it("goes on after a closed window with what had not arrived", async () => {
    open(() => new Promise(() => undefined)).change(note("unsent"));
    const keeper = open(arrive);
    expect(keeper.content).toEqual(note("unsent"));
    await vi.advanceTimersByTimeAsync(0);
    expect(arrive.mock.calls).toEqual([[note("unsent")]]);
    expect(store.items.size).toBe(0);
  });

  it.each([
    ["had arrived and only its answer was lost", "mine", "mine"],
    ["is the beginning of what was written here", "mi", "mine"],
    ["holds it already", "theirs, and mine", "theirs, and mine"],
    ["was written elsewhere", "theirs", "theirs\n\nmine"],
  ])("loses no word where the server's note %s", (_how, theirs, expected) => {
    open(() => new Promise(() => undefined)).change(note("mine"));
    expect(open(arrive, saved(theirs, "later")).content.text).toBe(expected);
  });

  it.each([
    ["mine", "theirs\n\nmine"],
    ["theirs, and mine", "theirs, and mine"],
  ])("takes what another window saved meanwhile to %s", async (mine, expected) => {
    const stale = new ApiError(409, { detail: "", code: "stale_note" });
    const save = vi.fn(arrive).mockRejectedValueOnce(stale);
    const keeper = open(save);
    keeper.change(note(mine));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    await vi.advanceTimersByTimeAsync(1);
    expect(save.mock.calls).toEqual([[note(mine)], [note(expected)]]);
    expect(keeper.content).toEqual(note(expected));
    expect(last()).toEqual({ kind: "saved" });
  });

  it("keeps what it has where the other window's words cannot be fetched yet", async () => {
    const stale = new ApiError(409, { detail: "", code: "stale_note" });
    load.mockRejectedValueOnce(new OfflineError());
    const keeper = open(vi.fn(arrive).mockRejectedValueOnce(stale));
    keeper.change(note("mine"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(last()).toEqual({ kind: "waiting" });
    expect(keeper.content).toEqual(note("mine"));
    expect(store.items.size).toBe(1);
  });

  it("keeps the notes of several people apart", () => {
    const names = [noteName(7, "a"), noteName(70, "b"), "parenchyma.reading.c"];
    expect(casesWithUnsent(names, 7)).toEqual(["a"]);
  });
});
