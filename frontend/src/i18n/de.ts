import { COHORT } from "./de/cohort";
import { COMMON } from "./de/common";
import { CURRICULA } from "./de/curricula";
import { FEEDBACK } from "./de/feedback";
import { FIGURES } from "./de/figures";
import { GENERATORS } from "./de/generators";
import { NOTES } from "./de/notes";
import { PEOPLE } from "./de/people";
import { PROGRESS } from "./de/progress";
import { REALISM } from "./de/realism";
import { RATING } from "./de/rating";
import { REQUESTS } from "./de/requests";
import { SANDBOX } from "./de/sandbox";
import { SESSIONS } from "./de/sessions";
import { START } from "./de/start";
import { DISPLAY } from "./de/display";
import { TESTSETS } from "./de/testsets";
import { VIEWER } from "./de/viewer";
import type { Catalogue } from "./en";

/** German. */
export const DE: Catalogue = {
  ...COHORT,
  ...COMMON,
  ...CURRICULA,
  ...FEEDBACK,
  ...FIGURES,
  ...GENERATORS,
  ...NOTES,
  ...PEOPLE,
  ...PROGRESS,
  ...REALISM,
  ...RATING,
  ...REQUESTS,
  ...SANDBOX,
  ...SESSIONS,
  ...START,
  ...DISPLAY,
  ...TESTSETS,
  ...VIEWER,
  skipToContent: "Zum Inhalt springen",
  pages: "Seiten",
  more: "Mehr",
  signOut: "Abmelden",
  language: "Sprache",
  close: "Schließen",
  back: "Zurück",
  next: "Weiter",
  goToStart: "Zur Startseite",
  tryAgain: "Noch einmal versuchen",
  pagePractice: "Üben",
  pageProgress: "Mein Fortschritt",
  pageNotes: "Notizen",
  pageCohort: "Kohorte",
  pagePeople: "Personen",
  pageRequests: "Fallaufträge",
  pageReports: "Gemeldete Fälle",
  pageModelCard: "Modellkarte",

  offline: "Der Server ist nicht erreichbar. Prüfen Sie die Verbindung; keine Antwort geht verloren.",
  signedOut: "Sie sind abgemeldet. Melden Sie sich wieder an; keine Antwort geht verloren.",
  forbidden:
    "Mit Ihrer Rolle ist das nicht erlaubt. Ist Ihre Sitzung abgelaufen, melden Sie sich wieder an.",
  notFound: "Das gibt es nicht, oder Sie dürfen es nicht sehen.",
  tooLarge: "Das ist zu groß zum Senden.",
  tooMany: "Gerade zu viele Anfragen. Warten Sie kurz und versuchen Sie es noch einmal.",
  serverProblem:
    "Der Server hatte damit ein Problem. Versuchen Sie es noch einmal; bleibt es, sagen Sie dem " +
    "Betreiber Bescheid.",
  refused: "Der Server hat das abgelehnt (Status {status}).",
  somethingWrong: "Etwas ist schiefgegangen. Versuchen Sie es noch einmal.",
  caseCannotBeShown: "Dieser Fall kann nicht gezeigt werden",

  reading: "Befundung",
  case: "Fall",
  caseNumber: "Fall {n}",
  woman: "Frau, {age} Jahre. {indication}.",
  noPrior: "Keine Voraufnahme.",
  priorOf: "Voraufnahme, {when}:",
  priorOver: "VORAUFNAHME, {when}",
  unknownTimeBefore: "Zeitpunkt unbekannt",
  yearsBefore: { one: "vor {n} Jahr", other: "vor {n} Jahren" },
  hideTimer: "Mit T ausblenden",
  marksGoOnCurrent: "Markiert wird die aktuelle Untersuchung: P geht zu ihr zurück.",
  yourReading: "Ihre Befundung",

  marks: "Markierungen",
  howToMark:
    "Klicken Sie auf einen Befund im Bild, oder bewegen Sie das Fadenkreuz mit den Pfeiltasten und " +
    "drücken Sie",
  leaveNormal: "Lassen Sie einen unauffälligen Fall unmarkiert.",
  chooseType: "Art wählen",
  noType: "ohne Art",
  markInView: "Markierung {n}, {view}",
  markInViewRated: "Markierung {n}, {view}, Sicherheit {rating}",
  markInViewDismissed: "Markierung {n}, {view}, verworfen",
  ratingOf: "Sicherheit {rating}",
  sameAsMark: "dieselbe wie Markierung {n}",
  confidence: "Sicherheit, dass es verdächtig ist, 0 bis 100",
  confidenceNumber: "Sicherheit als Zahl",
  judgement: "Urteil",
  suspicious: "Verdächtig",
  dismissed: "Verworfen",
  dismissedWord: "verworfen",
  findingType: "Art des Befunds",
  choose: "Wählen",
  notGiven: "k. A.",
  dismissedBecause: "Verworfen, weil",
  sameFinding: "Derselbe Befund in der anderen Aufnahme",
  notLinked: "Nicht verknüpft",
  removeMark: "Markierung entfernen",

  assessment: "Beurteilung",
  density: "Dichte",
  rightBreast: "Rechte Brust",
  leftBreast: "Linke Brust",
  recall: "Einbestellen",
  noRecall: "Nicht einbestellen",
  recallFollows: "folgt aus der Beurteilung",
  missingDensity: "Dichte",
  missingRight: "Beurteilung rechts",
  missingLeft: "Beurteilung links",
  missingRecall: "Wiedereinbestellung",
  missingType: "Art der Markierung {n}",
  stillToAnswerList: "Noch offen: {list}.",

  allSaved: "Alle Antworten gespeichert",
  notSavedYet: "Noch nicht gespeichert",
  saving: "Wird gespeichert",
  keptOffline: "Keine Verbindung: in diesem Browser bewahrt, gesendet, sobald sie zurück ist",
  keptSignedOut: "Sie sind abgemeldet: in diesem Browser bewahrt, gesendet nach der Anmeldung",
  notSaved: "Nicht gespeichert",
  changedElsewhere: "In einem anderen Fenster geändert",
  keepMine: "Antworten dieses Fensters behalten",
  takeTheirs: "Die anderen nehmen",
  signInAgain: "Wieder anmelden",
  waitingToSubmit:
    "Abgegeben, aber der Server ist nicht erreichbar. Es wird gesendet, bis es angekommen ist.",
  submitting: "Wird abgegeben",
  reviewAndSubmit: "Prüfen und abgeben",
  reviewTitle: "Ihre Befundung prüfen",
  stillToAnswer: "Noch offen",
  contradictions: "Passt nicht zusammen",
  noMarks: "Keine: Sie nennen nichts verdächtig.",
  submitReading: "Befundung abgeben",
  backToImages: "Zurück zu den Bildern",
  cannotBeChanged: "Eine abgegebene Befundung ist nicht mehr zu ändern.",
  yes: "Ja",
  no: "Nein",
  seenClosely: "In voller Auflösung gesehen: {list} der Brust.",
  and: " und ",
  rightActedOnUnmarked:
    "Die rechte Brust ist mit {assessment} beurteilt, doch keine Markierung in ihr ist verdächtig.",
  leftActedOnUnmarked:
    "Die linke Brust ist mit {assessment} beurteilt, doch keine Markierung in ihr ist verdächtig.",
  rightNormalMarked: {
    one: "Die rechte Brust ist mit {assessment} beurteilt, doch Markierung {marks} in ihr ist verdächtig.",
    other:
      "Die rechte Brust ist mit {assessment} beurteilt, doch die Markierungen {marks} in ihr sind verdächtig.",
  },
  leftNormalMarked: {
    one: "Die linke Brust ist mit {assessment} beurteilt, doch Markierung {marks} in ihr ist verdächtig.",
    other:
      "Die linke Brust ist mit {assessment} beurteilt, doch die Markierungen {marks} in ihr sind verdächtig.",
  },
  dismissedWithoutReason: "Markierung {n} ist ohne Grund verworfen.",

  viewer: "Bildbetrachter",
  single: "Einzeln",
  invert: "Invers",
  fit: "Einpassen",
  sync: "Koppeln",
  pan: "Schieben",
  reset: "Reset",
  prior: "Voraufnahme",
  keys: "Tasten",
  undo: "Rückgängig",
  redo: "Wiederholen",
  part: "Teil {n} von {count}",
  keysIntro:
    "Sie wirken, solange die Bilder den Fokus haben. Rad: Zoom am Zeiger. Ziehen: Fenster; mit " +
    "Umschalt oder der mittleren Taste: schieben; die rechte Taste tut das jeweils andere. " +
    "Umschalt und Rad: Größe der Lupe.",
  keyTab: "Durch die Markierungen, dann die Antworten",
  keyArrows: "Pfeiltasten auf einer Markierung",
  keyArrowsDo: "Um 1 mm verschieben",
  keyDeleteKeys: "Entf oder Rücktaste",
  keyTabFeedback: "Durch Ihre Markierungen, dann die Rückmeldung",
  keyList: "Diese Liste",
  keyDelete: "Markierung entfernen",
  keyDismiss: "Markierung verdächtig oder verworfen",
  keyKind: "Nächste oder vorige Art der Markierung",
  keyLink: "Markierung mit einer der anderen Aufnahme verknüpfen",
  keyEdit: "Zu den Angaben der Markierung",
  keyAnswers: "Zu Dichte, Beurteilung und Wiedereinbestellung",
  keyUndo: "Letzte Änderung rückgängig machen oder wiederholen",
  keyEscape: "Zurück zu den Bildern",
  keyReview: "Befundung prüfen, dann abgeben",
  keyTimer: "Uhr ein- oder ausblenden",
  keyDensity: "Nächste oder vorige Dichte, soweit erzeugt",

  tutorial: "Einführung",
  tutorialStep: "Schritt {n} von 3",
  tutorialLook: "Schauen",
  tutorialLookText:
    "Rechts und links hängen Rücken an Rücken, CC über MLO. Das Rad zoomt am Zeiger, Ziehen stellt " +
    "das Fenster ein, 1 bis 4 oder die Leertaste gehen durch die Aufnahmen, O zeigt volle Auflösung.",
  tutorialMark: "Markieren",
  tutorialMarkText:
    "Klicken Sie an, was Sie zeigen wollen, oder bewegen Sie das Fadenkreuz mit den Pfeiltasten und " +
    "drücken Sie M. Geben Sie jeder Markierung eine Art und Ihre Sicherheit. Was Sie angesehen und " +
    "verworfen haben, markieren Sie als verworfen.",
  tutorialAnswer: "Antworten",
  tutorialAnswerText:
    "Wählen Sie die Dichte und für jede Brust eine Beurteilung; die Wiedereinbestellung folgt daraus. " +
    "Antworten werden laufend gespeichert. Nach der Abgabe sehen Sie sofort die Wahrheit, die Läsion " +
    "ein- und ausgeblendet.",
  startReading: "Mit der Befundung beginnen",
  skipTutorial: "Einführung überspringen",
};
