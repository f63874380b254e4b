import type { NOTES as ENGLISH } from "../en/notes";

export const NOTES: Readonly<Record<keyof typeof ENGLISH, string>> = {
  notesIntro: "Ihre Lesezeichen und Notizen zu befundeten Fällen. Niemand sonst sieht sie.",
  noNotes:
    "Noch nichts. Nach der Befundung können Sie einen Fall neben der Rückmeldung mit einem " +
    "Lesezeichen und einer Notiz versehen.",
  note: "Notiz",
  bookmark: "Lesezeichen",
  bookmarked: "Lesezeichen gesetzt",
  lookAgainAtCase: "Den Fall vom {when} noch einmal ansehen",
  casesReported: "Von Ihnen gemeldete Fälle",
  reportOpen: "Offen: Ihre Lehrenden haben die Meldung noch nicht abgeschlossen.",
  reportClosed: "Abgeschlossen am {when}.",
  yourNote: "Ihre Notiz",
  noteLabel: "Notiz zu diesem Fall, nur für Sie",
  forYouAlone: "Nur für Sie",
  noteSaved: "Gespeichert",
  noteNotSavedYet: "Noch nicht gespeichert",
  noteWaiting: "Keine Verbindung: in diesem Browser bewahrt, gesendet, sobald sie zurück ist",
  noteSignedOut: "Sie sind abgemeldet: in diesem Browser bewahrt, gesendet nach der Anmeldung",
  noteFailed: "Nicht gespeichert: {reason}",
  thanksForReport: "Danke. Ihre Lehrenden sehen die Meldung.",
  youReported: "Ihre Meldung: „{text}“ {state}",
  reportThisCase: "Diesen Fall melden",
  whatIsWrong: "Was stimmt an dem Fall nicht?",
};
