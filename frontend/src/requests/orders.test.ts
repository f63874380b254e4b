import { describe, expect, it } from "vitest";
import { ApiError, OfflineError } from "../api/client";
import { bodyOf, describeCase, EMPTY_ORDER, groupKinds, refusalOf, wishesOf } from "./orders";

const kind = (key: string, label: string, group: string) => ({
  key,
  label,
  group,
  group_label: group.toUpperCase(),
});
const KINDS = [
  kind("mass", "Mass", "mass"),
  kind("cyst", "Cyst", "look_alike"),
  kind("fibroadenoma", "Fibroadenoma", "look_alike"),
];

describe("an order", () => {
  it("wishes nothing that was left open", () => {
    expect(wishesOf(EMPTY_ORDER)).toEqual({});
  });

  it("says what was chosen in the API's terms", () => {
    const order = {
      ...EMPTY_ORDER,
      findings: "cyst",
      recall: "no",
      density: "C",
      tier: "4",
      prior: true,
    };
    expect(wishesOf(order)).toEqual({
      findings: "cyst",
      actionable: false,
      density: "C",
      tier: 4,
      prior: true,
    });
    expect(wishesOf({ ...EMPTY_ORDER, recall: "yes" })).toEqual({ actionable: true });
  });

  it("names a generator only where one was chosen", () => {
    expect(bodyOf("1", EMPTY_ORDER)).toEqual({ id: "1", wishes: {} });
    const chosen = { ...EMPTY_ORDER, density: "C", generator: "ab" };
    expect(bodyOf("2", chosen)).toEqual({ id: "2", wishes: { density: "C" }, generator: "ab" });
    const gone = new ApiError(400, { generator: ["There is no generator abab… here."] });
    expect(refusalOf(gone)).toBe("Generator: There is no generator abab… here.");
  });

  it("is refused in the words of the form, whichever way the API nests them", () => {
    const flat = new ApiError(400, { code: "invalid", actionable: ["Cyst never calls for it."] });
    expect(refusalOf(flat)).toBe("Recall: Cyst never calls for it.");
    const nested = new ApiError(400, { wishes: { prior: ["Needed."], dose: ["Too low."] } });
    expect(refusalOf(nested)).toBe("With a prior exam: Needed. Dose: Too low.");
    expect(refusalOf(new OfflineError())).toContain("cannot be reached");
    expect(refusalOf(new ApiError(400, { detail: "No." }))).toBe("No.");
  });

  it("offers the kinds chapter by chapter", () => {
    expect(groupKinds(KINDS).map(({ label, kinds }) => [label, kinds.length])).toEqual([
      ["MASS", 1],
      ["LOOK_ALIKE", 2],
    ]);
  });

  it("is listed by the names of its findings", () => {
    const order = { density: "B", findings: ["cyst", "older"], tier: null, prior: false };
    expect(describeCase(order, KINDS)).toBe("Density B, cyst, older");
    const harder = { density: "A", findings: [], tier: 4, prior: true };
    expect(describeCase(harder)).toBe("Density A, no finding, tier 4, with a prior");
  });
});
