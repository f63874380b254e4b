import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, OfflineError } from "../api/client";
import type { RealismAnswer } from "../api/types";
import { AnswerKeeper, type SendState } from "./answer-keeper";

const answer = (image: string): RealismAnswer => ({ key: `key of ${image}`, image, rating: 80, seconds: 3 });

function makeStore(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  } as unknown as Storage;
}

describe("AnswerKeeper", () => {
  let store: Storage;
  let sent: RealismAnswer[];
  let told: SendState[];
  let refuse: (() => Error) | null;

  const open = (): AnswerKeeper => {
    const keeper = new AnswerKeeper({
      reading: "r1",
      store,
      send: async (one) => {
        if (refuse) throw refuse();
        sent.push(one);
      },
      tell: (state) => told.push(state),
    });
    keeper.open();
    return keeper;
  };
  const last = () => told.at(-1);

  beforeEach(() => {
    vi.useFakeTimers();
    store = makeStore();
    sent = [];
    told = [];
    refuse = null;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("sends answers one by one, in order", async () => {
    const keeper = open();
    for (const image of ["a", "b", "c"]) keeper.add(answer(image));
    await vi.runAllTimersAsync();
    expect(sent.map(({ image }) => image)).toEqual(["a", "b", "c"]);
    expect(keeper.waiting).toEqual([]);
    expect(last()).toEqual({ kind: "saved" });
  });

  it("keeps answers through a lost connection and a reload, under the same keys", async () => {
    refuse = () => new OfflineError();
    const keeper = open();
    keeper.add(answer("a"));
    keeper.add(answer("b"));
    await vi.advanceTimersByTimeAsync(4000);
    expect(last()).toEqual({ kind: "offline", waiting: 2 });
    keeper.close();
    refuse = null;
    const reloaded = open();
    expect(reloaded.waiting).toEqual(["a", "b"]);
    await vi.runAllTimersAsync();
    expect(sent).toEqual([answer("a"), answer("b")]);
  });

  it("tries again after signing in elsewhere", async () => {
    refuse = () => new ApiError(403, { detail: "No.", code: "not_authenticated" });
    const keeper = open();
    keeper.add(answer("a"));
    await vi.advanceTimersByTimeAsync(100);
    expect(last()).toEqual({ kind: "signed-out", waiting: 1 });
    refuse = null;
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent).toHaveLength(1);
  });

  it("lets another window's answer stand", async () => {
    refuse = () => new ApiError(409, { detail: "Known.", code: "already_answered" });
    const keeper = open();
    keeper.add(answer("a"));
    await vi.runAllTimersAsync();
    expect(keeper.waiting).toEqual([]);
    expect(last()).toEqual({ kind: "saved" });
  });

  it("says what was refused and goes on with the next", async () => {
    refuse = () => {
      refuse = null;
      return new ApiError(410, { detail: "The images were removed.", code: "images_removed" });
    };
    const keeper = open();
    keeper.add(answer("a"));
    keeper.add(answer("b"));
    await vi.runAllTimersAsync();
    expect(told).toContainEqual({ kind: "refused", reason: "The images were removed.", image: "a" });
    expect(sent).toEqual([answer("b")]);
  });

  it("takes another answer to an image whose first was refused", async () => {
    refuse = () => {
      refuse = null;
      return new ApiError(400, { rating: ["Take a side."] });
    };
    const keeper = open();
    keeper.add(answer("a"));
    await vi.runAllTimersAsync();
    expect(last()).toMatchObject({ kind: "refused", image: "a" });
    keeper.add({ ...answer("a"), key: "another" });
    await vi.runAllTimersAsync();
    expect(sent.map(({ key }) => key)).toEqual(["another"]);
    expect(last()).toEqual({ kind: "saved" });
  });

  it.each([403, 404])("keeps what was answered when somebody else is signed in (%i)", async (status) => {
    refuse = () => new ApiError(status, { detail: "Not yours.", code: "no" });
    const keeper = open();
    keeper.add(answer("a"));
    keeper.add(answer("b"));
    await vi.runAllTimersAsync();
    expect(last()).toMatchObject({ kind: "refused", image: null });
    keeper.close();
    refuse = null;
    open();
    await vi.runAllTimersAsync();
    expect(sent).toEqual([answer("a"), answer("b")]);
  });
});
