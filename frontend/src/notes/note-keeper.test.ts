import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../api/client";
import { NoteKeeper, RETRY_MS, SAVE_AFTER_MS, type NoteState } from "./note-keeper";

const note = (text: string) => ({ bookmarked: false, text });

describe("note keeper", () => {
  let states: NoteState[];
  const tell = (state: NoteState): void => void states.push(state);
  const last = () => states.at(-1);
  beforeEach(() => {
    vi.useFakeTimers();
    states = [];
  });
  afterEach(() => vi.useRealTimers());

  it("sends once after a pause", async () => {
    const save = vi.fn().mockResolvedValue(null);
    const keeper = new NoteKeeper(save, tell);
    keeper.change(note("a"));
    keeper.change(note("ab"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(save.mock.calls).toEqual([[note("ab")]]);
    expect(last()).toEqual({ kind: "saved" });
    keeper.flush();
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(save).toHaveBeenCalledTimes(1);
  });

  it("tries again while the connection is away, and sends at once when the page is left", async () => {
    const save = vi.fn().mockRejectedValueOnce(new OfflineError()).mockResolvedValue(null);
    const keeper = new NoteKeeper(save, tell);
    keeper.change(note("a"));
    keeper.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(last()).toEqual({ kind: "waiting" });
    await vi.advanceTimersByTimeAsync(RETRY_MS);
    expect(last()).toEqual({ kind: "saved" });
  });

  it("sends what was written while the last version was on its way", async () => {
    let arrive: (value: unknown) => void = () => undefined;
    const save = vi.fn().mockImplementationOnce(() => new Promise((done) => (arrive = done)));
    const keeper = new NoteKeeper(save.mockResolvedValue(null), tell);
    keeper.change(note("a"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    keeper.change(note("ab"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    arrive(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(save.mock.calls).toEqual([[note("a")], [note("ab")]]);
    expect(last()).toEqual({ kind: "saved" });
  });

  it("says why it was refused, and stops", async () => {
    const save = vi.fn().mockRejectedValue(new ApiError(400, { text: ["Too long."] }));
    new NoteKeeper(save, tell).change(note("x"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledTimes(1);
    expect(last()).toEqual({ kind: "failed", reason: "Text: Too long." });
  });
});
