import type { GENERATORS as ENGLISH } from "../en/generators";

export const GENERATORS: Readonly<Record<keyof typeof ENGLISH, string>> = {
  cardIntro:
    "Wofür der Generator dieser Bilder taugt, wie weit sie von echten entfernt sind und wo sie " +
    "versagen.",
  cardMissing: "Hier gibt es keinen Generator (mehr), dessen Karte gezeigt werden könnte.",
  cardOfMissing:
    "Den Generator {name}… gibt es hier nicht (mehr); seine Karte kann nicht gezeigt werden.",
  cardOfDefault: "Zur Karte des Generators in Gebrauch",
  notOnSite: "hier nicht vorhanden",
  inUse: "{name} (in Gebrauch)",
  knownFailures: "Bekannte Fehler",
  noFailuresNamed: "Es sind keine genannt. Das heißt nicht, dass es keine gibt.",
  howTrained: "Wie er trainiert wurde",
  onThisPage: "Auf dieser Seite",
  threeSentences: "In drei Sätzen",
  goodFor: "Geeignet für",
  notGoodFor: "Nicht geeignet für",
  howFar: "Wie weit von echten entfernt",
  weightsOf: "Generator „{name}“, Gewichte",
  weightsOfVersion: "Generator „{name}“, Version {version}, Gewichte",
  pictureInPackage: "Das Bild dazu liegt in dem Paket, mit dem der Generator kam.",
  madeOn: "Erstellt am {when}.",
  madeOnBy: "Erstellt am {when} mit Version {version}.",
  madeBy: "Erstellt mit Version {version}.",
  limitReal: "echt",
  limitWished: "erwünscht",
  limitBar: "Grenze",
  stripLower: "{label}, niedriger ist besser. Die Tabelle der Grenzen unten enthält die Zahlen.",
  stripHigher: "{label}, höher ist besser. Die Tabelle der Grenzen unten enthält die Zahlen.",
  legendWithin: "innerhalb der Grenze",
  legendBeyond: "außerhalb",
  legendShaded: "schattiert: gut genug",
  legendReal: "echt: was echte Bilder untereinander ergeben",
  legendWished: "erwünscht: was noch besser wäre",
  curveOver: "{label} über die Schritte des Trainings. Die Tabelle unten enthält die Zahlen.",
  networksCompete:
    "Netze wetteifern: Eines malt, andere unterscheiden Gemaltes von Echtem. Keine Kurve sagt, wie " +
    "gut die Bilder sind; sie zeigen nur, dass keine Seite ganz gewonnen hat.",
  curvesAsTable: "Die Kurven als Tabelle",
  trainingSettings: "Einstellungen des Trainings",
  trainingCurves: "Kurven des Trainings",
  curveMedian: "Median jedes Abschnitts, der mit dem genannten Schritt endet",
  stepWord: "Schritt",
  cardLanguage: "Die Karte selbst ist ein Dokument des Generators und auf Englisch verfasst.",
};
