import type { Part } from "../en";
import type { START as ENGLISH } from "../en/start";

export const START: Part<typeof ENGLISH> = {
  practise: "Mammographien befunden üben",
  practiseText:
    "Sie befunden einen Screening-Fall wie am Arbeitsplatz: ansehen, markieren, beurteilen. Die " +
    "Lösung folgt sofort, auf den Bildpunkt genau, und der nächste Fall richtet sich danach, was " +
    "Sie schon können und was noch nicht. Alle Bilder sind vom Computer erzeugt.",
  openingCase: "Fall wird geöffnet",
  goOnReading: "Weiter befunden",
  readNext: "Nächsten Fall befunden",
  asksAgain: "Diese Seite fragt alle paar Sekunden nach und öffnet den Fall von selbst.",
  signedInAs: "Angemeldet als {email}",
  latestSessions: "Ihre letzten Sitzungen",
  summaryOf: "Zusammenfassung vom {when}",
  readingCount: { one: "{n} Befundung", other: "{n} Befundungen" },
  stillOpen: "noch offen",
  latestReadings: "Ihre letzten Befundungen",
  lookAgainAt: "Noch einmal ansehen: {when}",
  whatToPractise: "Was Sie üben",
  wayAdaptive: "Adaptiv",
  wayWeakness: "Schwächen",
  wayFinding: "Eine Befundart",
  wayTier: "Eine Stufe",
  wayAssessment: "Standortbestimmung",
  adaptiveText:
    "Alles, und mehr von dem, worin Sie am meisten gewinnen können. Angestrebt sind " +
    "80 richtige Antworten von 100.",
  weaknessText:
    "Die zwei Kompetenzen, in denen Sie am meisten gewinnen können, zwischen unauffälligen Fällen.",
  findingText: "Eine Befundart zwischen unauffälligen Fällen: In mindestens 4 von 10 ist nichts.",
  tierText: "Fälle einer Schwierigkeit, von 1 (am leichtesten) bis 5 (am schwersten).",
  assessmentText:
    "Schwerer: Angestrebt sind 55 richtige Antworten von 100, das misst am besten. Die Rückmeldung " +
    "kommt auch hier nach jedem Fall. Die Zahlen werden getrennt von der Übung geführt.",
  masses: "Herdbefunde",
  calcifications: "Verkalkungen",
  distortions: "Architekturstörung",
  asymmetries: "Asymmetrien",
  finding: "Befund",
  tier: "Stufe",
  startAssessment: "Standortbestimmung beginnen",
  startPractice: "Diese Übung beginnen",
  roleResident: "in Weiterbildung",
  roleEducator: "Lehrende",
  roleDirector: "Programmleitung",
  roleOperator: "Betrieb",
};
