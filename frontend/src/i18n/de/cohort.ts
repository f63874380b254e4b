import type { Part } from "../en";
import type { COHORT as ENGLISH } from "../en/cohort";

export const COHORT: Part<typeof ENGLISH> = {
  cohortIntro:
    "Wer womit Mühe hat, und wie sicher das ist. Jede Zahl mit ihrem 95-%-Intervall.",
  cohortName: "Kohorte",
  cohortDownloadCsv: "CSV herunterladen",
  cohortNoCohort: "Es gibt noch keine Kohorte. Legen Sie eine mit ihren Personen an.",
  cohortNoResident: "Zu {cohort} gehört noch niemand in Weiterbildung.",
  cohortFiguresOf: "Zahlen aus",
  cohortPractice: "Üben",
  cohortAssessmentMode: "Standortbestimmung",
  cohortTestSets: "Testsätze",
  cohortSameAsTable: "Dasselbe als Tabelle",

  cohortStruggleTitle: "Wer womit Mühe hat",
  cohortResident: "Person",
  cohortLastRead: "Zuletzt befundet",
  cohortSurelyBelow: "Sicher unter dem Ziel",
  cohortSurelyBelowNone: "Bisher nichts",
  cohortCriterion: "Kriterium",
  cohortMarksFreely: "Nennt zu leicht verdächtig",
  cohortMarksRarely: "Nennt zu selten verdächtig",
  cohortMarksFittingly: "Kein Zeichen für zu leicht oder zu selten",
  cohortStruggleNote:
    "Zuerst, wer bei den meisten Zielen sicher darunter liegt: Das ganze Intervall der Fähigkeit " +
    "liegt unter dem Verlangten, das Fernste ist zuerst genannt. Fähigkeiten und Kriterium " +
    "umfassen Üben und Standortbestimmungen und auch, was anderswo befundet wurde.",

  cohortDecisionsPractice: "Entscheidungen beim Üben",
  cohortDecisionsAssessment: "Entscheidungen in Standortbestimmungen",
  cohortSensitivity: "Sensitivität",
  cohortSpecificity: "Spezifität",
  cohortRocArea: "ROC-Fläche",
  cohortDensityKappa: "Dichte, gewichtetes Kappa",
  cohortAssessmentKappa: "Beurteilung, gewichtetes Kappa",
  cohortMeanOfResidents: "Mittel der Personen",
  cohortResidentsCount: { one: "{n} Person", other: "{n} Personen" },
  cohortReadingsCount: { one: "{n} Befundung", other: "{n} Befundungen" },
  cohortNotEnoughOf: "n = {n}",
  cohortEnriched:
    "Die Fälle sind angereichert: {positives} von {readings} Befundungen galten einem Fall mit " +
    "abklärungsbedürftigem Befund ({percent}). Vergleichen Sie Wiedereinbestellung und Spezifität " +
    "nicht mit Zahlen aus dem Screening.",
  cohortEnrichedUnknown:
    "Nicht genug Befundungen, um zu sagen, wie angereichert die Fälle waren (n = {readings}).",
  cohortFiguresFrom:
    "Anteile erscheinen ab {n} Fällen, die ROC-Fläche ab {n} von jeder Art, Kappas ab 20 " +
    "Befundungen, Mittel ab {readers} Personen; nur Befundungen dieser Einrichtung. n einer Fläche zählt " +
    "Fälle mit + ohne abklärungsbedürftigen Befund. Kappa " +
    "vergleicht mit der Wahrheit, gewichtet nach dem Quadrat des Abstands; 1 ist vollkommen, 0 Zufall.",
  cohortPracticeFits:
    "Beim Üben passen sich die Fälle jeder Person an; diese Zahlen unterscheiden Personen daher " +
    "kaum: Das tun Fähigkeiten und Testsätze.",

  cohortAbilitiesTitle: "Fähigkeiten nach Kompetenz",
  cohortAbilitiesCaption: "Fähigkeiten mit 95-%-Intervallen",
  cohortAbilitiesChart:
    "Fähigkeiten mit 95-%-Intervallen, nach Kompetenz und Person. Die Tabelle darunter enthält " +
    "dieselben Zahlen.",
  cohortLegendEstimate: "● Schätzung mit 95-%-Intervall",
  cohortLegendGoal: "┆ Ziel",
  cohortLegendFew: "n = …: nicht genug Antworten für eine Schätzung",
  cohortLegendScale: "0 ist der Durchschnitt zu Beginn; +1 ist eine Standardabweichung darüber",

  cohortChangeTitle: "Vorher und nachher",
  cohortChangeIntro: {
    one: "{n} Person hat eine Form des Testsatzes und später die andere abgeschlossen.",
    other: "{n} Personen haben eine Form des Testsatzes und später die andere abgeschlossen.",
  },
  cohortChangeNobody: "Noch niemand hat beide Formen des Testsatzes abgeschlossen.",
  cohortChangeFew:
    "Nicht genug Befundungen für einen Vergleich: Es braucht {readers} Personen mit beiden Formen " +
    "und in jeder {n} Fälle mit und ohne abklärungsbedürftigen Befund.",
  cohortChangeMethod:
    "Die Formen enthalten verschiedene Fälle, die Fälle sind also in den Formen geschachtelt: " +
    "Analyse nach Obuchowski und Rockette mit Freiheitsgraden nach Hillis, für Personen und Fälle " +
    "wie diese.",
  cohortChangeCases:
    "{cases} Fälle insgesamt, {positives} mit abklärungsbedürftigem Befund ({percent}): " +
    "angereichert, nicht mit dem Screening vergleichbar.",
  cohortMeasure: "Maß",
  cohortBefore: "Vorher",
  cohortAfter: "Nachher",
  cohortChange: "Änderung",
  cohortCasesOf: "{n} Fälle",
  cohortPValue: "p",
  cohortWafroc: "wAFROC-Fläche",
  cohortChangeChart:
    "Vorher und nachher mit 95-%-Intervallen, nach Maß. Die Tabelle darunter enthält dieselben Zahlen.",
  cohortChangeCaption: "Vorher und nachher mit 95-%-Intervallen",
  cohortLeftOut: {
    one: "{n} Person, die weniger als neun Zehntel einer Form bearbeitet hat, ist ausgelassen.",
    other: "{n} Personen, die weniger als neun Zehntel einer Form bearbeitet haben, sind ausgelassen.",
  },
  cohortFormsTitle: "Jede Form",
  cohortFormsCaption:
    "Von allen, die die Form bearbeitet haben, beim ersten Mal: Mittel für Personen und Fälle wie diese",
  cohortForm: "Form",
  cohortPoints: "{n} Punkte",
  cohortFormName: "Form {form}",
  cohortNoForm: "Noch niemand hat eine Form des Testsatzes abgeschlossen.",
  cohortPrevalenceOf: "{positives} von {cases} mit abklärungsbedürftigem Befund ({percent})",
  cohortResidentsTitle: "Person für Person",
  cohortResidentsNote:
    "Vorher ist die erste abgeschlossene Form, nachher die letzte einer anderen Form. Sie enthalten " +
    "verschiedene Fälle, das Intervall einer Änderung beruht daher auf denen beider Zahlen (Newcombe).",
  cohortNotSat: "Keine Form abgeschlossen",
  cohortFormOn: "{form}, {day}",
  cohortChangeOf: "{value} ({low} bis {high})",
  cohortChangeOfWithP: "{value} ({low} bis {high}), {p}",
  cohortPOf: "p = {p}",
  cohortPBelow: "p < {p}",
  cohortRepeat:
    "{name} bearbeitete Form {form} zweimal: Auf denselben {cases} Fällen änderte sich die ROC-Fläche um " +
    "{change} (DeLongs gepaarter Test).",
  cohortRepeatFew: "{name} bearbeitete Form {form} zweimal: nicht genug Befundungen für einen Vergleich.",
};
