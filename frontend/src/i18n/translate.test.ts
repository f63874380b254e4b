import { afterEach, describe, expect, it } from "vitest";
import { DE } from "./de";
import { VIEWER_KEYS } from "../viewer/keys";
import { EN, type Forms, type Key } from "./en";
import { LABELS_DE } from "./labels.de";
import { currentLanguage, loadLanguage, t } from "./translate";

const textsOf = (entry: string | Forms): string[] =>
  typeof entry === "string" ? [entry] : Object.values(entry);
const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");

const AREAS = import.meta.glob<Record<string, object>>("./en/*.ts", { eager: true });

describe("translation", () => {
  afterEach(() => loadLanguage("en"));

  it("is English until a language is loaded", async () => {
    expect(t("submitReading")).toBe("Submit reading");
    await loadLanguage("de");
    expect(currentLanguage()).toBe("de");
    expect(t("submitReading")).toBe("Befundung abgeben");
    await loadLanguage("xx");
    expect(t("submitReading")).toBe("Submit reading");
  });

  it("puts values in and chooses the plural form", async () => {
    expect(t("caseNumber", { n: 3 })).toBe("Case 3");
    expect(t("yearsBefore", { n: 1 })).toBe("1 year before");
    expect(t("yearsBefore", { n: 2.5 })).toBe("2.5 years before");
    await loadLanguage("de");
    expect(t("yearsBefore", { n: 1 })).toBe("vor 1 Jahr");
    expect(t("yearsBefore", { n: 2 })).toBe("vor 2 Jahren");
    expect(t("yearsBefore", { n: 2.5 })).toBe("vor 2,5 Jahren");
  });

  it("has one German word each for a recall, a reader and what is done with a form", () => {
    const others = /\bEinbestellung|\bLeser|\bLesende|\bBefunder\b|Form gelesen|\babgeklärt/;
    const texts = Object.values(DE).flatMap(textsOf);
    expect(texts.filter((text) => others.test(text))).toEqual([]);
    expect(texts.filter((text) => text.includes("Wiedereinbestellung")).length).toBeGreaterThan(5);
  });

  it("has German for every word of the viewer's keys, and no tool is named like an answer", () => {
    const words = VIEWER_KEYS.flatMap(({ shown, label }) => [shown, label]);
    const missing = words.filter((word) => /[a-z]{3}/.test(word) && !(word in LABELS_DE));
    expect(missing).toEqual([]);
    expect(LABELS_DE["True size"]).not.toBe(DE.itWasReal);
  });

  it.each(Object.keys(EN) as Key[])("takes the same values in German: %s", (key) => {
    const english = new Set(textsOf(EN[key]).flatMap(namesIn));
    for (const text of textsOf(DE[key])) expect(new Set(namesIn(text))).toEqual(english);
  });

  it("has each key in one area only", () => {
    const keys = Object.values(AREAS).flatMap((area) => Object.values(area).flatMap(Object.keys));
    expect(keys.length).toBeGreaterThan(100);
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
  });
});
