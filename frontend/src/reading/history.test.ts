import { describe, expect, it } from "vitest";
import type { Answers } from "../api/types";
import { addMark, changeMark, EMPTY_ANSWERS, setDensity } from "./answers";
import { MOST_STEPS, record, redo, startHistory, undo } from "./history";

const marked = addMark(EMPTY_ANSWERS, { id: "a", view: "left_cc", x: 1, y: 1 });
const moved = (x: number): Answers => changeMark(marked, "a", { x });

describe("undo and redo", () => {
  it("go back and forth over changes", () => {
    const dense = setDensity(EMPTY_ANSWERS, "D");
    const history = record(record(startHistory(EMPTY_ANSWERS), marked, 0), dense, 5000);
    expect(undo(history).now).toBe(marked);
    expect(undo(undo(history)).now).toBe(EMPTY_ANSWERS);
    expect(redo(redo(undo(undo(history)))).now).toBe(dense);
  });

  it("stop at either end", () => {
    const history = record(startHistory(EMPTY_ANSWERS), marked, 0);
    expect(undo(undo(history)).now).toBe(EMPTY_ANSWERS);
    expect(redo(history)).toBe(history);
  });

  it("take one drag of a mark as one step, and two drags as two", () => {
    let history = record(startHistory(EMPTY_ANSWERS), marked, 0);
    for (const [index, x] of [5, 6, 7].entries()) history = record(history, moved(x), 100 + index);
    const later = record(history, moved(30), 9000);
    expect(undo(history).now).toBe(marked);
    expect(undo(later).now.marks[0]?.x).toBe(7);
    expect(undo(undo(later)).now).toBe(marked);
  });

  it("keep a move and a rating apart", () => {
    const history = record(record(startHistory(marked), moved(4), 0), changeMark(moved(4), "a", { rating: 9 }), 1);
    expect(undo(history).now.marks[0]).toMatchObject({ x: 4, rating: 50 });
  });

  it("give up what was undone once something else is answered", () => {
    const history = record(undo(record(startHistory(EMPTY_ANSWERS), marked, 0)), moved(2), 1);
    expect(redo(history)).toBe(history);
  });

  it("forget the oldest of very many steps", () => {
    let history = startHistory(EMPTY_ANSWERS);
    for (let step = 0; step < MOST_STEPS + 20; step++) {
      history = record(history, setDensity(EMPTY_ANSWERS, step % 2 ? "A" : "B"), step);
    }
    expect(history.past).toHaveLength(MOST_STEPS);
  });
});
