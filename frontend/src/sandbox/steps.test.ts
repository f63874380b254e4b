import { describe, expect, test } from "vitest";
import type { PlacedLesion, SandboxPreview } from "../api/types";
import { addStep, bodyOf, moveOf, NO_PAST, remember, standingOf, turn, type Step } from "./steps";

const LESION: PlacedLesion = {
  kind: "mass",
  side: "left",
  depth_mm: 40,
  lateral_mm: 10,
  superior_mm: 5,
  size_mm: 12,
  contrast: 1,
  descriptors: { shape: "oval", margin: "circumscribed", density: "equal" },
  count: null,
};

const NOW: SandboxPreview = {
  revision: 7,
  side: "left",
  lesion: { ...LESION, assessment: "3", pathology: "benign" },
  at_once: true,
  views: [],
  places: { left_cc: [300, 900], left_mlo: [280, 1100] },
  expected: { tier: 2, low: 1, high: 3 },
};

const move = (right: number, down: number): Step => ({ do: "move", view: "left_cc", right, down });

describe("an arrow key", () => {
  const press = (key: string, held: object = {}) =>
    moveOf({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...held });

  test("moves by a millimetre, with Alt by a tenth of one", () => {
    expect(press("ArrowLeft")).toEqual({ right: -10, down: 0 });
    expect(press("ArrowDown", { altKey: true })).toEqual({ right: 0, down: 1 });
  });

  test("is the viewer's with Shift, and another key is none", () => {
    expect(press("ArrowLeft", { shiftKey: true })).toBeNull();
    expect(press("x")).toBeNull();
  });
});

describe("what waits", () => {
  test("held keys become one step, and so do sliders", () => {
    expect(addStep(addStep([], move(10, 0)), move(10, 10))).toEqual([move(20, 10)]);
    const slid = addStep([{ do: "change", what: { size_mm: 9 } }], { do: "change", what: { contrast: 2 } });
    expect(slid).toEqual([{ do: "change", what: { size_mm: 9, contrast: 2 } }]);
  });

  test("another view or another deed waits its turn", () => {
    const other: Step = { do: "move", view: "left_mlo", right: 1, down: 1 };
    expect(addStep([move(10, 0)], other)).toHaveLength(2);
    expect(addStep([move(10, 0)], { do: "set", lesion: null, side: "left" })).toHaveLength(2);
  });
});

describe("what is asked", () => {
  test("a move goes from where the finding is in that view", () => {
    const body = bodyOf(move(10, -20), NOW);
    expect(body?.at).toEqual({ view: "left_cc", x: 310, y: 880 });
    expect(body).toMatchObject({ revision: 7, lesion: LESION, draw: null });
  });

  test("a click draws one where there is none, and moves the one that is there", () => {
    const click: Step = { do: "put", view: "left_mlo", x: 5, y: 6, draw: "cyst" };
    const at = { view: "left_mlo", x: 5, y: 6 };
    expect(bodyOf(click, NOW)).toMatchObject({ lesion: LESION, draw: null, at });
    expect(bodyOf(click, { ...NOW, lesion: null })).toMatchObject({ lesion: null, draw: "cyst", at });
  });

  test("what follows from the words is not sent", () => {
    expect(bodyOf({ do: "change", what: { size_mm: 9 } }, NOW)?.lesion).toEqual({ ...LESION, size_mm: 9 });
  });

  test("without a finding there is nothing to move or change", () => {
    const empty = { ...NOW, lesion: null, places: {} };
    expect(bodyOf(move(1, 1), empty)).toBeNull();
    expect(bodyOf({ do: "change", what: { size_mm: 9 } }, empty)).toBeNull();
  });
});

describe("what can be taken back", () => {
  const was = standingOf({ ...NOW, lesion: null });
  const now = standingOf(NOW);

  test("back and forth again", () => {
    const past = remember(NO_PAST, was, false);
    const [undone, before] = turn(past, now, "back") ?? [];
    expect(before).toEqual({ lesion: null, side: "left" });
    expect(turn(undone ?? NO_PAST, was, "forth")).toEqual([past, now]);
    expect(turn(NO_PAST, now, "back")).toBeNull();
    expect(turn(NO_PAST, now, "forth")).toBeNull();
  });

  test("what goes on is one step, and a new one ends what was undone", () => {
    const once = remember(NO_PAST, was, false);
    expect(remember(once, now, true).before).toEqual([was]);
    const undone = turn(once, now, "back")?.[0] ?? NO_PAST;
    expect(remember(undone, was, false).after).toEqual([]);
  });
});
