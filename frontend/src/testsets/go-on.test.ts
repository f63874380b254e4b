import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { OfflineError } from "../api/client";

const place = { origin: "http://site.example", pathname: "/tests" };
const replaceState = vi.fn((_state: unknown, _title: string, path: string) => {
  place.pathname = path;
});
vi.stubGlobal("location", place);
vi.stubGlobal("document", { cookie: "" });
vi.stubGlobal("history", { replaceState });
vi.stubGlobal("scrollTo", () => undefined);
const { goOnOrToTests, goOnWithTest } = await import("./go-on");

const answer = (status: number, body: unknown) => () =>
  Promise.resolve(new Response(JSON.stringify(body), { status }));
const lose = () => Promise.reject(new TypeError("no connection"));

describe("going on with a test set", () => {
  afterAll(() => vi.unstubAllGlobals());
  beforeEach(() => {
    place.pathname = "/tests";
    replaceState.mockClear();
  });

  it("leads to the next case, and from the last to the result", async () => {
    vi.stubGlobal("fetch", answer(200, { id: "x" }));
    await goOnWithTest("s", "/tests");
    expect(place.pathname).toBe("/read/x");
    vi.stubGlobal("fetch", answer(409, { detail: "Over.", code: "session_ended" }));
    await goOnWithTest("s", "/read/x");
    expect(place.pathname).toBe("/tests/s");
  });

  it("says what kept the next case away", async () => {
    vi.stubGlobal("fetch", lose);
    await expect(goOnWithTest("s", "/tests")).rejects.toThrow(OfflineError);
    vi.stubGlobal("fetch", answer(409, { detail: "No case is ready.", code: "no_case_ready" }));
    await expect(goOnWithTest("s", "/tests")).rejects.toThrow("No case is ready.");
    expect(replaceState).not.toHaveBeenCalled();
  });

  it("after a reading leads to where that is said, unless the reader went elsewhere", async () => {
    vi.stubGlobal("fetch", lose);
    place.pathname = "/read/x";
    await goOnOrToTests("s", "/read/x");
    expect(place.pathname).toBe("/tests");
    place.pathname = "/notes";
    await goOnOrToTests("s", "/read/x");
    expect(place.pathname).toBe("/notes");
  });
});
