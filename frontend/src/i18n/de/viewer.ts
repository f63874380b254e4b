import type { VIEWER as ENGLISH } from "../en/viewer";

export const VIEWER: Readonly<Record<keyof typeof ENGLISH, string>> = {
  notForDiagnosis: "SYNTHETISCH - nicht zur Diagnose",
  mixedImages: "Forschungstest, gemischte Bilder - nicht zur Diagnose",
  stageMarking:
    "Mammogramm: {views}. Die Pfeiltasten bewegen das Fadenkreuz, M setzt eine Markierung, Tab geht " +
    "durch die Markierungen, das Fragezeichen zeigt alle Tasten.",
  stageLooking:
    "Mammogramm: {views}. Die Pfeiltasten bewegen das Fadenkreuz, Tab geht durch die Markierungen, " +
    "das Fragezeichen zeigt alle Tasten.",
  imageOf: "{view}, {picture}",
  imageOfPrior: "{view} der Voraufnahme, {picture}",
  syntheticMammogram: "synthetisches Mammogramm",
  loadingImage: "Lädt",
  imageRefused: "Der Server hat dieses Bild nicht geliefert (Status {status}).",
  imageDamaged: "Dieses Bild kam zweimal beschädigt an und wird deshalb nicht gezeigt.",
  imageLost: "Dieses Bild kam nicht an: Die Verbindung zum Server ging verloren.",
  imageUnreadable: "Dieses Bild konnte nicht gelesen werden.",
  decoderStopped: "Der Bilddecoder ist ausgefallen. Laden Sie die Seite neu.",
};
