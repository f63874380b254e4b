import { afterEach, describe, expect, it } from "vitest";
import { loadLanguage } from "../i18n/translate";
import type { CaseImages } from "./types";
import { priorLabel } from "./views";

const caseWith = (prior: object | null) => ({ views: [], prior }) as unknown as CaseImages;

describe("the label over the exam before", () => {
  afterEach(() => loadLanguage("en"));

  it("says when that was, in the reader's language", async () => {
    const known = caseWith({ years_before: 2.5, views: [] });
    const unknown = caseWith({ years_before: null, views: [] });
    expect(priorLabel(known)).toBe("PRIOR, 2.5 years before");
    await loadLanguage("de");
    expect(priorLabel(known)).toBe("VORAUFNAHME, vor 2,5 Jahren");
    expect(priorLabel(unknown)).toBe("VORAUFNAHME, Zeitpunkt unbekannt");
  });

  it("is missing without one", () => {
    expect(priorLabel(caseWith(null))).toBeNull();
  });
});
