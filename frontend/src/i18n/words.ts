import { currentLanguage } from "./translate";

/** A word of the vocabulary within a sentence: German keeps its capitals. */
export const lowerWord = (label: string): string =>
  currentLanguage() === "de" ? label : label.toLowerCase();
