import type { Part } from "../en";
import type { PEOPLE as ENGLISH } from "../en/people";

export const PEOPLE: Part<typeof ENGLISH> = {
  peopleIntro:
    "Holen Sie Personen mit einem Link herein, den Sie selbst weitergeben; die Anwendung verschickt " +
    "keine E-Mails.",
  peopleCount: { one: "{n} Person", other: "{n} Personen" },
  name: "Name",
  email: "E-Mail",
  role: "Rolle",
  cohort: "Kohorte",
  lastSignedIn: "Zuletzt angemeldet",
  password: "Passwort",
  inactive: "inaktiv",
  passThisLinkTo: "Geben Sie diesen Link an {name} weiter.",
  passwordLink: "Passwort-Link",
  passwordLinkFor: "Passwort-Link für {name} erstellen",
  inviteOne: "Eine Person einladen",
  nameOptional: "Name (freiwillig)",
  noCohort: "Keine Kohorte",
  makeInvite: "Einladungslink erstellen",
  passThisLinkOn: "Geben Sie diesen Link weiter.",
  importList: "Eine Liste importieren",
  importFile: "CSV-Datei, erste Zeile: email,name,role,cohort",
  importPeople: "Personen importieren",
  nobodyImported: "Niemand wurde importiert. Berichtigen Sie diese Zeilen und versuchen Sie es erneut:",
  lineProblem: "Zeile {row}: {problem}",
  imported: {
    one: "{n} Person importiert. Sie kommt über einen Link herein, der nur dieses eine Mal erscheint:",
    other:
      "{n} Personen importiert. Jede kommt über einen Link herein, der nur dieses eine Mal erscheint:",
  },
  person: "Person",
  link: "Link",
  linkFor: "Link für {name}",
};
