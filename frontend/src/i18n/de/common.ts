import type { COMMON as ENGLISH } from "../en/common";

export const COMMON: Readonly<Record<keyof typeof ENGLISH, string>> = {
  loading: "Wird geladen …",
  showMore: "Mehr zeigen",
  lookAgain: "Noch einmal ansehen",
  readOn: "Befundet",
  withFinding: "Mit abklärungsbedürftigem Befund",
  nothingToActOn: "Nichts abzuklären",
  recallDecision: "Wiedereinbestellung",
  feedback: "Rückmeldung",
  rightWord: "Richtig",
  wrongWord: "Falsch",
  cancel: "Abbrechen",
  send: "Senden",
  densityOf: "Dichte {density}",
  tierOf: "Stufe {tier}",
  someOfAll: "{some} von {n}",
  siteAway: "Der Server ist nicht erreichbar",
  noSuchPage: "Diese Seite gibt es nicht",
  noSuchPageText: "Vielleicht ist die Adresse vertippt oder veraltet.",
  otherRoles: "Diese Seite ist für andere Rollen",
  otherRolesText:
    "Ihr Konto hat die Rolle nicht, die diese Seite verlangt. Fragen Sie Ihre Programmleitung.",
  linkOnce: "{label} Der Link gilt einmal, bis {when}, und wird nicht wieder gezeigt.",
  linkToPassOn: "Link zum Weitergeben",
  copy: "Kopieren",
  copied: "Kopiert",
};
