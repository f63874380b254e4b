import type { Part } from "../en";
import type { PROGRESS as ENGLISH } from "../en/progress";

export const PROGRESS: Part<typeof ENGLISH> = {
  progressIntro:
    "Jede Zahl mit ihrer Unsicherheit. Unterhalb einer Mindestzahl von Befundungen steht keine Zahl.",
  figuresOf: "Zahlen für",
  modePractice: "Üben",
  modeAssessment: "Standortbestimmung",
  readingsLabel: "Befundungen",
  daysInARow: { one: "{n} Tag in Folge", other: "{n} Tage in Folge" },
  sensitivity: "Sensitivität",
  specificity: "Spezifität",
  recallRate: "Wiedereinbestellungsrate",
  abilities: "Fähigkeiten",
  nextGoal: "Nächstes Ziel.",
  levelUnknown: "Noch nicht bekannt",
  levelLearning: "Im Lernen",
  levelNear: "Nah am Ziel",
  levelReached: "Ziel erreicht",
  goalOf: "Ziel {goal}.",
  goalChance: "Ziel {goal}, erreicht mit einer Wahrscheinlichkeit von {chance}.",
  sameAsTable: "Dasselbe als Tabelle",
  abilitiesNow: "Fähigkeiten jetzt, mit 95-%-Intervallen",
  abilitiesByDay: "Fähigkeiten am Ende jedes Übungstages, mit 95-%-Intervallen",
  readerColumn: "Person",
  dayColumn: "Tag",
  you: "Sie",
  courseOf: {
    one: "{label}, bisher {n} Schätzung. Die Zahlen stehen in der Tabelle darunter.",
    other: "{label} über {n} Schätzungen. Die Zahlen stehen in der Tabelle darunter.",
  },
  goalLine: "Ziel",
  answersCount: { one: "{n} Antwort", other: "{n} Antworten" },
  abilityScale: "0 ist, wer durchschnittlich beginnt; 1 ist eine Standardabweichung darüber.",
  criterionFigure:
    "Schwelle: {estimate}; über 0 markieren Sie eher als die meisten, unter 0 seltener.",

  masteryTitle: "Beherrschung und Stufen",
  masteryBy: "Nach Ihrem Curriculum „{curriculum}“.",
  masteryByDefault: "Nach der Standardregel: Ihre Kohorte folgt keinem Curriculum.",
  masteryColumn: "Beherrschung",
  competencyColumn: "Kompetenz",
  tierColumn: "Stufe",
  opensColumn: "Was die nächste Stufe öffnet",
  mastered: "Beherrscht",
  notYet: "Noch nicht",
  masteryTooFew: "Zu wenige Befundungen: {n} von {needed} Antworten für eine Schätzung.",
  masteryAnswers: "{n} von {needed} Antworten",
  masteryChance: "zu {chance} sicher, dass das Ziel erreicht ist; {needed} sind nötig",
  masteryCriterion: "Ihre Schwelle muss näher an 0 liegen",
  tierOfRange: "Stufe {tier} von {first}–{last}",
  tierPassed: "Alle Stufen bestanden",
  tierNone: "Keine Stufen",
  tierNoneWhy: "Nach der Dichte wird in jedem Fall gefragt, gleich welcher Stufe.",
  opensChance:
    "Stufe {next} öffnet, wenn Sie bei 8 von 10 der Stufe {tier} richtig liegen: zu {chance} sicher, " +
    "{needed} sind nötig.",
  opensLast:
    "Stufe {tier} ist bestanden, wenn Sie bei 8 von 10 richtig liegen: zu {chance} sicher, {needed} " +
    "sind nötig.",
  opensTooFew: "Frühestens nach {needed} Antworten; bisher {n}.",
  opensCriterion: "Zuerst muss Ihre Schwelle näher an 0 liegen.",
  tierEmpty: "Kein Fall Ihrer offenen Stufen ist bereit: Sie bekommen den nächstliegenden.",
  criterionNeeded:
    "Zur Beherrschung gehört, dass Ihre Schwelle höchstens {neutral} von 0 abweicht: zu {chance} " +
    "sicher, {needed} sind nötig.",
  criterionNeededUnknown:
    "Zur Beherrschung gehört, dass Ihre Schwelle höchstens {neutral} von 0 abweicht.",

  milestonesTitle: "Meilensteine",
  milestonesSuggestion: "Ein Vorschlag für die Besprechung, keine Bewertung.",
  milestonesWhy:
    "Niveau 1 bis 5 aus Stufen und Beherrschung an synthetischen Fällen: 1 begonnen, 2 und 3 sicher " +
    "bei Fällen der Stufe 2 und 3, 4 beherrscht, 5 sicher bei den schwersten. Vorgeschlagen ist, was " +
    "jede Kompetenz eines Meilensteins erreicht hat.",
  residentColumn: "In Weiterbildung",
  milestoneColumn: "Meilenstein",
  milestoneLevel: "Vorgeschlagenes Niveau",
  milestoneAt: "Niveau {low}",
  milestoneRange: "Niveau {low}; die Kompetenzen reichen von {low} bis {high}",
  milestoneLacking: "Noch zu wenige Befundungen: {names}",
};
