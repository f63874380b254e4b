import { describe, expect, it } from "vitest";
import { imagePoint } from "../geometry/units";
import { FOUR_UP, HANGINGS, hangingsOf, type ViewKey } from "./hanging";
import { arrange } from "./layout";
import { labelJointly } from "./marks";
import type { MarkShape } from "./overlay";
import { onlyView, walk, type Step } from "./steps";

const three = (): number => 3;
const FIRST_STEP: Step = { hanging: FOUR_UP, part: null };

function describeStep({ hanging, part }: Step): string {
  return part === null ? hanging.key : `${hanging.key} ${part}`;
}

describe("steps", () => {
  it("go through the pairs, then each view part by part, and back the same way", () => {
    const seen: string[] = [];
    let step = FIRST_STEP;
    for (let count = 0; count < 3 + 4 * 3; count++) {
      seen.push(describeStep(step));
      step = walk(step, 1, three);
    }
    expect(seen.slice(0, 7)).toEqual(["four", "cc", "mlo", "right_cc 0", "right_cc 1", "right_cc 2", "left_cc 0"]);
    expect(step).toEqual(FIRST_STEP);
    for (const expected of [...seen].reverse()) {
      step = walk(step, -1, three);
      expect(describeStep(step)).toBe(expected);
    }
  });

  it("begin with the first part of a view that was gone to by itself", () => {
    const alone = HANGINGS.find(({ key }) => key === "left_cc");
    if (!alone) throw new Error("no such hanging");
    expect(onlyView(alone)).toBe("left_cc");
    expect(describeStep(walk({ hanging: alone, part: null }, 1, three))).toBe("left_cc 0");
    expect(describeStep(walk({ hanging: alone, part: null }, -1, three))).toBe("right_cc 2");
  });
});

describe("hangings of some views only", () => {
  const words = (...keys: ViewKey[]): string[] =>
    hangingsOf(keys).map(({ label, rows }) => `${label}: ${rows.map((row) => row.join(" ")).join(" / ")}`);

  it("show all there is first, pairs that are whole, then each alone", () => {
    expect(hangingsOf(["left_mlo", "left_cc", "right_mlo", "right_cc"])).toBe(HANGINGS);
    expect(words("left_mlo")).toEqual(["L MLO: left_mlo"]);
    expect(words("left_mlo", "left_cc")).toEqual([
      "Both: left_cc left_mlo",
      "L CC: left_cc",
      "L MLO: left_mlo",
    ]);
    expect(words("right_cc", "left_cc")[0]).toBe("CC pair: right_cc left_cc");
    expect(words("right_cc", "left_cc", "left_mlo")).toEqual([
      "All: right_cc left_cc / left_mlo",
      "CC pair: right_cc left_cc",
      "R CC: right_cc",
      "L CC: left_cc",
      "L MLO: left_mlo",
    ]);
  });

  it("are stepped through by themselves", () => {
    const hangings = hangingsOf(["right_mlo"]);
    const first: Step = { hanging: hangings[0] ?? FOUR_UP, part: null };
    const steps = [1, 1, 1, 1].reduce<Step[]>(
      (seen) => [...seen, walk(seen.at(-1) ?? first, 1, three, hangings)],
      [],
    );
    expect(steps.map(({ part }) => part)).toEqual([0, 1, 2, 0]);
  });
});

describe("layout", () => {
  const words = (key: string, beside: boolean): string[] => {
    const hanging = HANGINGS.find((candidate) => candidate.key === key);
    if (!hanging) throw new Error("no such hanging");
    return arrange(hanging, beside).map((row) =>
      row.map(({ view, prior }) => view + (prior ? "*" : "")).join(" "),
    );
  };

  it("hangs the exam before below, or to the right of a view alone", () => {
    expect(words("cc", false)).toEqual(["right_cc left_cc"]);
    expect(words("cc", true)).toEqual(["right_cc left_cc", "right_cc* left_cc*"]);
    expect(words("four", true)).toEqual([
      "right_cc left_cc right_mlo left_mlo",
      "right_cc* left_cc* right_mlo* left_mlo*",
    ]);
    expect(words("left_mlo", true)).toEqual(["left_mlo left_mlo*"]);
  });
});

describe("labels of marks", () => {
  const mark = (id: string, label: string, link: string | null): MarkShape => ({
    id,
    view: "left_cc",
    point: imagePoint(1, 2),
    label,
    description: `Mark ${label}`,
    tone: "mark",
    selected: false,
    movable: true,
    link,
  });

  it("are joint for one finding in both views", () => {
    const shown = labelJointly([mark("a", "1", "c"), mark("b", "2", null), mark("c", "3", "a")]);
    expect(shown.map(({ label }) => label)).toEqual(["1 = 3", "2", "1 = 3"]);
  });

  it("stay single where the other mark is not there", () => {
    expect(labelJointly([mark("a", "1", "gone")])[0]?.label).toBe("1");
  });
});
