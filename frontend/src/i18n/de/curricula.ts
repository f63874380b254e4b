import type { Part } from "../en";
import type { CURRICULA as ENGLISH } from "../en/curricula";

export const CURRICULA: Part<typeof ENGLISH> = {
  pageCurricula: "Curricula",
  curriculaIntro:
    "Was eine Kohorte übt: welche Kompetenzen, wie viel davon, durch welche Stufen, und wann sie als " +
    "beherrscht gelten. Eine Kohorte ohne Curriculum übt alles.",
  curriculumNew: "Neues Curriculum",
  curriculumImport: "Datei einlesen",
  curriculumImportRefused: "Die Datei wurde nicht übernommen:",
  curriculumNotJson: "Diese Datei enthält kein JSON.",
  curriculumNone: "Es gibt noch kein Curriculum. Bis dahin üben alle alles.",
  curriculumName: "Name",
  curriculumTrains: "Übt",
  curriculumCohorts: "Kohorten",
  curriculumChanged: "Geändert",
  curriculumActions: "Aktionen",
  curriculumChangedBy: "{when}, {who}",
  curriculumTiersOf: "{label} {first}–{last}",
  curriculumEdit: "Bearbeiten",
  curriculumSee: "Ansehen",
  curriculumCopy: "Duplizieren",
  curriculumExport: "Exportieren",
  curriculumArchive: "Archivieren",
  curriculumDo: "{action}: {name}",
  curriculumArchived: "Archiviert",
  curriculumSureTitle: "„{name}“ archivieren?",
  curriculumSure: {
    one: "{n} Kohorte folgt ihm und übt dann wieder alles. Duplizieren lässt es sich weiterhin.",
    other: "{n} Kohorten folgen ihm und üben dann wieder alles. Duplizieren lässt es sich weiterhin.",
  },

  editorNew: "Ein neues Curriculum",
  editorIntro:
    "Änderungen gelten sofort für alle, deren Kohorte ihm folgt. Nichts Gelerntes geht verloren.",
  editorOnlySee:
    "Sie dürfen dieses Curriculum ansehen; ändern können es Lehrende der ganzen Einrichtung.",
  editorWrong: "Nicht gespeichert: einige Felder brauchen noch einen Blick.",
  editorField: "{field}: {problem}",
  editorSaved: "Gespeichert.",
  editorSave: "Speichern",
  editorBack: "Alle Curricula",
  editorReload: "Neu laden",
  editorLax: "Weniger streng als der Standard",
  editorCompetencies: "Kompetenzen und Stufen",
  editorCompetenciesWhy:
    "Ein Gewicht von 2 wird bei gleichem Bedarf etwa doppelt so oft geübt wie eines von 1. Alle " +
    "beginnen mit der ersten Stufe jeder Kompetenz und kommen durch Können weiter, nie durch Zeit. " +
    "Mindestens 4 von 10 Fällen sind unauffällig, gleich was geübt wird.",
  editorTrain: "Kompetenz",
  editorTrainOne: "{label} üben",
  editorWeight: "Gewicht",
  editorFirst: "Erste Stufe",
  editorLast: "Letzte Stufe",
  editorOffset: "Ziel verschoben um",
  editorGoal: "Ziel",
  editorOf: "{field}, {label}",
  editorStock: "Bereite Fälle je Stufe",
  editorStockCell: "Stufe {tier}: {ready}",
  editorStockOrdered: "{n} bestellt",
  editorStockNever: "nicht erzeugbar",
  editorStockProblem: "Stufe {tier}, {label}: {ready} Fälle bereit, {ordered} bestellt.",
  editorStockEmpty:
    "Stufe {tier}, {label}: 0 Fälle bereit, 0 bestellt, und der Generator erzeugt keine. Geübt wird " +
    "mit den nächstliegenden.",
  editorStockTitle: "Stufen ohne Fall",
  editorStockFirst: "Wie viele Fälle jede Stufe hat, zeigt sich nach dem Speichern.",
  editorRule: "Wann eine Kompetenz beherrscht ist",
  editorRuleWhy:
    "Die Standardwerte wurden simuliert: wer alles markiert, nichts markiert oder rät, beherrscht " +
    "damit nichts.",
  ruleProbability: "Sicherheit",
  ruleProbabilityWhy: "Wie sicher die Fähigkeit über dem Ziel liegen muss.",
  ruleItems: "Antworten",
  ruleItemsWhy: "Mindestzahl der Antworten in der Kompetenz.",
  ruleNeutral: "Schwelle innerhalb von",
  ruleNeutralWhy:
    "Wie weit die Schwelle nach beiden Seiten von 0 abweichen darf. Ohne dies beherrschte Läsionen, " +
    "wer alles markiert: es lässt sich strenger stellen, nicht abschalten.",
  ruleNeutralProbability: "Sicherheit der Schwelle",
  ruleNeutralProbabilityWhy: "Wie sicher sie so nah an 0 liegen muss.",
  ruleTierProbability: "Sicherheit einer Stufe",
  ruleTierProbabilityWhy:
    "Wie sicher jemand bei 8 von 10 Fällen einer Stufe richtig liegen muss, ehe die nächste öffnet; " +
    "frühestens nach {n} Antworten.",
  ruleDefault: "Standard {value}; von {lowest} bis {highest}.",
  editorFollow: "Kohorten, die ihm folgen",
  editorFollowNone: "Es gibt noch keine Kohorte.",
  editorFollowWhy:
    "Eine Kohorte folgt einem Curriculum: wer sie hier wählt, nimmt sie einem anderen.",
};
