import type { Part } from "../en";
import type { SANDBOX as ENGLISH } from "../en/sandbox";

export const SANDBOX: Part<typeof ENGLISH> = {
  pageSandbox: "Werkstatt",
  sandboxIntro:
    "Nehmen Sie einen unauffälligen Fall, setzen Sie einen eigenen Befund und sehen Sie ihn sofort " +
    "in beiden Aufnahmen. Ändern und verschieben Sie ihn, und lassen Sie andere ihn suchen.",
  newWoman: "Neue Frau nehmen",
  ownSandbox: "Ihre Fälle",
  sandboxEmpty:
    "Noch nichts. Nehmen Sie eine neue Frau oder einen unauffälligen Fall, den Sie befundet haben.",
  womenYouRead: "Unauffällige Fälle, die Sie befundet haben",
  womanOf: "Frau, {age} Jahre, Dichte {density}.",
  readAt: "Befundet {when}",
  changedAt: "Geändert {when}.",
  womanWithdrawn: "Zurückgezogen: nur noch zum Ansehen.",
  takeHer: "Nehmen",
  takeHerOf: "Nehmen: {who}",
  putAway: "Weglegen",
  putAwayOf: "Weglegen: {what}, {when}",
  toTheSandbox: "Zur Werkstatt",
  allOfTheSandbox: "Alle Fälle",
  sandboxCannotBeShown: "Dieser Fall der Werkstatt kann nicht gezeigt werden",
  previewUnreadable: "Der Befund kann nicht gezeigt werden: {reason}",

  ownFinding: "Befund",
  whichBreast: "Brust",
  kindOfFinding: "Art",
  nothingPlaced: "Nichts gesetzt",
  whenMade: "{kind} (nach dem Erzeugen)",
  howToPlace:
    "Wählen Sie eine Art, oder klicken Sie in eine Aufnahme, um dort zu setzen: {kind}. Die andere " +
    "Aufnahme bestimmt, wie weit oben oder außen er liegt. Mit der Tastatur: Pfeiltasten, dann M.",
  sizeMm: "Größe, mm",
  strength: "Stärke",
  strengthMeans: "1 ist das Übliche; weniger ist schwächer, mehr ist deutlicher",
  particles: "Partikel",
  asNumber: "{what} als Zahl",
  placeInBreast: "Ort",
  mmDeep: "{mm} mm hinter der Mamille",
  mmOutwards: "{mm} mm nach außen",
  mmInwards: "{mm} mm nach innen",
  mmUp: "{mm} mm nach oben",
  mmDown: "{mm} mm nach unten",
  expectedTier: "Erwartete Stufe",
  tierRange: "({low} bis {high})",
  arrowsMoveIn: "Pfeiltasten verschieben den Befund in {view}; N wechselt die Aufnahme.",
  outline: "Umriss",
  sandboxSaved: "Gespeichert",
  sandboxSaving: "Wird gespeichert",
  reloadPage: "Seite neu laden",

  inDensities: "In Dichte",
  densitiesAreMade: "Andere Dichten werden erzeugt, wenn Sie eine wählen; das dauert einige Sekunden.",
  showsWhenMade:
    "Diese Art verändert das Gewebe selbst und wird gezeichnet, wenn der Fall erzeugt wird. Wählen " +
    "Sie eine Dichte, um sie zu sehen.",
  makingInDensity: "Dichte {density} wird erzeugt.",
  waitingToBeMade: "Wartet darauf, erzeugt zu werden.",

  challenge: "Herausforderung",
  challengeColleague: "Jemanden herausfordern",
  challengeText:
    "Man erfährt, von wem der Fall kommt, nicht ob etwas zu finden ist. Ist er befundet, sehen Sie, " +
    "was gefunden und markiert wurde.",
  challengeEmptyText:
    "Es ist nichts gesetzt: Sie würden den unauffälligen Fall schicken. Gesagt wird das nicht. Ist " +
    "er befundet, sehen Sie, was daraus wurde.",
  noColleagues: "In Ihrer Kohorte ist niemand, den Sie herausfordern könnten.",
  knowsWoman: "kennt diese Frau",
  sendChallenge: "In Dichte {density} schicken",
  challengeSent: "Geschickt an {names}. Der Fall kommt an, wenn er erzeugt ist.",
  challengesToYou: "Herausforderungen an Sie",
  challengesYou: "{name} fordert Sie heraus",
  acceptMeans:
    "Befunden Sie ihn wie jeden Fall. Er ändert keine Schätzung dessen, was Sie können, und {name} " +
    "wird sehen, wie Sie ihn befundet haben.",
  accept: "Annehmen",
  decline: "Ablehnen",
  challengesSent: "Von Ihnen geschickt",
  sentTo: "An",
  sentAt: "Geschickt",
  challengeState: "Stand",
  whatToDo: "Was Sie tun können",
  untouched: "Der unauffällige Fall, unverändert",
  takeBack: "Zurücknehmen",
  howRead: "Wie er befundet wurde",
  howReadBy: "Wie {name} befundet hat",
  leftAlone: "Zu Recht nicht einbestellt",
  recalledIt: "Unnötig einbestellt",
  challengeMaking: "Wird erzeugt",
  challengeFailed: "Konnte nicht erzeugt werden",
  challengeOpen: "Noch nicht beantwortet",
  challengeAccepted: "Angenommen, noch nicht befundet",
  challengeDeclined: "Abgelehnt",
  challengeWithdrawn: "Zurückgenommen",
  challengeRead: "Befundet",
  challengeClosed: "Nicht mehr offen",
  challengeCannotBeShown: "Diese Herausforderung kann nicht gezeigt werden",
  theirMarkIs: "Markierung {n} von {name}: {word}, {view}",
  nothingMarked: "Nichts wurde markiert.",

  sandboxPlace: "Den Befund am Fadenkreuz setzen",
  sandboxArrowsDo:
    "Den Befund in der Aufnahme des Fadenkreuzes um 1 mm verschieben, ohne Befund das Fadenkreuz; mit Umschalt: schieben",
  sandboxAltArrowsDo: "Um 0,1 mm verschieben",
  sandboxDelete: "Den Befund herausnehmen",
  sandboxOutline: "Umriss ein oder aus",
};
