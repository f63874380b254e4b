import { afterEach, describe, expect, it } from "vitest";
import { loadLanguage } from "../i18n/translate";
import { tellProblem, viewerWords } from "./viewer-words";

describe("what the viewer says", () => {
  afterEach(() => loadLanguage("en"));

  it("is in the reader's language, whatever the viewer found", async () => {
    await loadLanguage("de");
    expect(tellProblem("The server did not give this image (status 503).")).toContain("Status 503");
    expect(tellProblem("This image arrived damaged twice, so it is not shown.")).toContain("beschädigt");
    expect(tellProblem("the frame is not a deflate stream")).toBe(
      "Dieses Bild konnte nicht gelesen werden.",
    );
  });

  it("names a picture as the page means it", () => {
    const { describe: name } = viewerWords("mammogram");
    expect(name("left_cc", false)).toBe("L CC, mammogram");
    expect(name("left_cc", true)).toBe("L CC of the exam before, mammogram");
  });
});
