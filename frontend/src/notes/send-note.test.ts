import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RETRY_MS } from "./note-keeper";

const stored = new Map<string, string>();
vi.stubGlobal("location", { origin: "http://site.example" });
vi.stubGlobal("document", { cookie: "" });
vi.stubGlobal("localStorage", {
  getItem: (name: string) => stored.get(name) ?? null,
  setItem: (name: string, value: string) => void stored.set(name, value),
  removeItem: (name: string) => void stored.delete(name),
});
const { keeperOf } = await import("./send-note");

const kept = (text: string) => ({ case: "c", bookmarked: false, text, updated_at: null });
const note = (text: string) => ({ bookmarked: false, text });

describe("the keeper of a note", () => {
  let online = true;
  let arrived: unknown[] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    online = true;
    arrived = [];
    vi.stubGlobal("fetch", async (request: Request) => {
      const body = (await request.json()) as { text: string };
      if (!online) throw new TypeError("no connection");
      arrived.push(body);
      return Response.json({ ...kept(body.text), updated_at: "now" });
    });
  });
  afterEach(() => vi.useRealTimers());
  afterAll(() => vi.unstubAllGlobals());

  it("is the one who was left with something unsent, and sends what was written last", async () => {
    online = false;
    const first = keeperOf(7, kept(""));
    first.watch(() => undefined);
    first.change(note("a"));
    first.flush();
    first.watch(null);
    await vi.advanceTimersByTimeAsync(RETRY_MS);
    const again = keeperOf(7, kept(""));
    expect(again.content).toEqual(note("a"));
    expect(again.state).toEqual({ kind: "waiting" });
    again.change(note("a and b"));
    online = true;
    await vi.advanceTimersByTimeAsync(RETRY_MS * 3);
    expect(arrived).toEqual([{ ...note("a and b"), base: null, reader: 7 }]);
    expect(stored.size).toBe(0);
  });

  it("begins anew from the server's note where nothing is unsent", async () => {
    const first = keeperOf(8, kept(""));
    first.change(note("a"));
    await vi.advanceTimersByTimeAsync(RETRY_MS);
    expect(keeperOf(8, kept("changed elsewhere")).content).toEqual(note("changed elsewhere"));
  });
});
