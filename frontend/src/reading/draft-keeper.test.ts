import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../api/client";
import type { Answers, Draft } from "../api/types";
import { EMPTY_ANSWERS, setDensity } from "./answers";
import { DraftKeeper, SAVE_AFTER_MS, type SaveState } from "./draft-keeper";

class MemoryStore {
  readonly items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

/** A server that keeps revisions like trainer/reading/domain/drafts.py. */
class Server {
  draft: Draft | null = null;
  online = true;
  answersLost = false;
  saves = 0;

  save = async ({ answers, revision }: { answers: Answers; revision: number }) => {
    if (!this.online) throw new OfflineError();
    if (revision !== (this.draft?.revision ?? 0)) {
      throw new ApiError(409, { detail: "Newer.", code: "stale_draft", draft: this.draft });
    }
    this.saves += 1;
    this.draft = { answers, revision: revision + 1, updated_at: "" };
    if (this.answersLost) throw new OfflineError();
    return { revision: revision + 1 };
  };
}

const dense = (density: "A" | "B" | "C"): Answers => setDensity(EMPTY_ANSWERS, density);

describe("draft keeper", () => {
  let server: Server;
  let store: MemoryStore;
  let states: SaveState[];
  const open = (): DraftKeeper =>
    new DraftKeeper({
      assignment: "one",
      draft: server.draft,
      empty: EMPTY_ANSWERS,
      store,
      save: server.save,
      tell: (state) => states.push(state),
    });
  const last = (): string | undefined => states.at(-1)?.kind;

  beforeEach(() => {
    vi.useFakeTimers();
    server = new Server();
    store = new MemoryStore();
    states = [];
  });
  afterEach(() => vi.useRealTimers());

  it("saves once after a pause", async () => {
    const keeper = open();
    keeper.change(dense("A"));
    keeper.change(dense("B"));
    expect(last()).toBe("unsaved");
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(server.saves).toBe(1);
    expect(server.draft?.answers?.density).toBe("B");
    expect(last()).toBe("saved");
  });

  it("keeps answers here while offline and sends them when the connection is back", async () => {
    const keeper = open();
    server.online = false;
    keeper.change(dense("C"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(last()).toBe("offline");
    server.online = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.draft?.answers?.density).toBe("C");
    expect(last()).toBe("saved");
  });

  it("keeps answers while signed out and sends them once signed in again", async () => {
    const refusal = new ApiError(403, { detail: "No.", code: "not_authenticated" });
    let signedIn = false;
    const keeper = new DraftKeeper({
      assignment: "one",
      draft: null,
      empty: EMPTY_ANSWERS,
      store,
      save: (draft) => (signedIn ? server.save(draft) : Promise.reject(refusal)),
      tell: (state) => states.push(state),
    });
    keeper.change(dense("B"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(last()).toBe("signed-out");
    signedIn = true;
    keeper.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.draft?.answers?.density).toBe("B");
    expect(last()).toBe("saved");
  });

  it("survives a reload while offline", async () => {
    server.online = false;
    const before = open();
    before.change(dense("A"));
    before.close();
    server.online = true;
    const after = open();
    expect(after.copy.answers.density).toBe("A");
    await vi.advanceTimersByTimeAsync(0);
    expect(server.draft?.answers?.density).toBe("A");
  });

  it("takes its own save for its own when only the answer was lost", async () => {
    const keeper = open();
    server.answersLost = true;
    keeper.change(dense("A"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    server.answersLost = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(last()).toBe("saved");
    keeper.change(dense("B"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(server.draft?.answers?.density).toBe("B");
    expect(states.some(({ kind }) => kind === "conflict")).toBe(false);
  });

  it("asks when another window saved something else", async () => {
    const keeper = open();
    server.draft = { answers: dense("C"), revision: 4, updated_at: "" };
    keeper.change(dense("A"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    const conflict = states.at(-1);
    expect(conflict?.kind).toBe("conflict");
    if (conflict?.kind !== "conflict") return;
    expect(keeper.resolve("mine", conflict.theirs).density).toBe("A");
    await vi.advanceTimersByTimeAsync(0);
    expect(server.draft).toMatchObject({ revision: 5, answers: { density: "A" } });
  });

  it("asks after a reload too, and can take the other's", async () => {
    server.online = false;
    const before = open();
    before.change(dense("A"));
    before.close();
    server.draft = { answers: dense("C"), revision: 2, updated_at: "" };
    const after = open();
    await vi.advanceTimersByTimeAsync(0);
    const conflict = states.at(-1);
    expect(conflict?.kind).toBe("conflict");
    if (conflict?.kind !== "conflict") return;
    expect(after.resolve("theirs", conflict.theirs).density).toBe("C");
  });

  it("does not go back to an outdated draft that a cache gave it", async () => {
    const before = open();
    before.change(dense("A"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    before.close();
    const current = server.draft;
    server.draft = null;
    const after = open();
    server.draft = current;
    expect(after.copy.answers.density).toBe("A");
    after.change(dense("B"));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(last()).toBe("saved");
  });

  it("says why the server refused, and does not try the same again", async () => {
    const refuse = vi.fn().mockRejectedValue(new ApiError(400, { density: ["Unknown value."] }));
    const keeper = new DraftKeeper({
      assignment: "one",
      draft: null,
      empty: EMPTY_ANSWERS,
      store,
      save: refuse,
      tell: (state) => states.push(state),
    });
    keeper.change(dense("A"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refuse).toHaveBeenCalledTimes(1);
    expect(states.at(-1)).toEqual({ kind: "failed", reason: "Density: Unknown value." });
  });

  it("gives the same submit key after a reload, until the reading is in", () => {
    const before = open();
    const key = before.submitKey(() => "first");
    const after = open();
    expect(after.submitKey(() => "second")).toBe(key);
    after.finish();
    expect(store.items.size).toBe(0);
  });
});
