/** The cohort page. */
export const COHORT = {
  cohortIntro: "Who struggles with what, and how sure that is. Every figure with its 95 % interval.",
  cohortName: "Cohort",
  cohortDownloadCsv: "Download CSV",
  cohortNoCohort: "There is no cohort yet. Add one with its people.",
  cohortNoResident: "No resident belongs to {cohort} yet.",
  cohortFiguresOf: "Figures of",
  cohortPractice: "Practice",
  cohortAssessmentMode: "Assessment",
  cohortTestSets: "Test sets",
  cohortSameAsTable: "The same as a table",

  // Who struggles with what
  cohortStruggleTitle: "Who struggles with what",
  cohortResident: "Resident",
  cohortLastRead: "Last read",
  cohortSurelyBelow: "Surely below the goal",
  cohortSurelyBelowNone: "Nothing so far",
  cohortCriterion: "Criterion",
  cohortMarksFreely: "Calls suspicious too readily",
  cohortMarksRarely: "Calls suspicious too rarely",
  cohortMarksFittingly: "No sign of too readily or too rarely",
  cohortStruggleNote:
    "First who is surely below the most goals: the whole interval of the ability lies below what is " +
    "asked for, the farthest named first. Abilities and the criterion take in practice and " +
    "assessments, and what a resident read elsewhere.",

  // Decisions
  cohortDecisionsPractice: "Decisions in practice",
  cohortDecisionsAssessment: "Decisions in assessments",
  cohortSensitivity: "Sensitivity",
  cohortSpecificity: "Specificity",
  cohortRocArea: "ROC area",
  cohortDensityKappa: "Density, weighted kappa",
  cohortAssessmentKappa: "Assessment, weighted kappa",
  cohortMeanOfResidents: "Mean of residents",
  cohortResidentsCount: { one: "{n} resident", other: "{n} residents" },
  cohortReadingsCount: { one: "{n} reading", other: "{n} readings" },
  cohortNotEnoughOf: "n = {n}",
  cohortEnriched:
    "The cases are enriched: {positives} of {readings} readings were of a case with an actionable " +
    "finding ({percent}). Do not compare recall or specificity with screening benchmarks.",
  cohortEnrichedUnknown: "Not enough readings to tell how enriched the cases were (n = {readings}).",
  cohortFiguresFrom:
    "Shares appear from {n} cases on, the ROC area from {n} of each kind, kappas from 20 readings, " +
    "means from {readers} residents; readings of this institution alone. The n of an area counts " +
    "cases with + without an actionable finding. Kappa compares with the " +
    "truth, weighted by the square of the distance; 1 is perfect, 0 is chance.",
  cohortPracticeFits:
    "Practice fits its cases to each reader, so these figures hardly tell residents apart: " +
    "abilities and test sets do.",

  // Abilities
  cohortAbilitiesTitle: "Abilities by competency",
  cohortAbilitiesCaption: "Abilities with 95 % intervals",
  cohortAbilitiesChart:
    "Abilities with 95 % intervals, by competency and reader. The table below holds the same numbers.",
  cohortLegendEstimate: "● estimate with 95 % interval",
  cohortLegendGoal: "┆ goal",
  cohortLegendFew: "n = …: not enough answers for an estimate",
  cohortLegendScale: "0 is the average beginner; +1 is one standard deviation above",

  // Test sets
  cohortChangeTitle: "Before and after",
  cohortChangeIntro: {
    one: "{n} resident completed one form of the test set and later the other.",
    other: "{n} residents completed one form of the test set and later the other.",
  },
  cohortChangeNobody: "Nobody has completed both forms of the test set yet.",
  cohortChangeFew:
    "Not enough readings to compare: it takes {readers} residents with both forms, and {n} cases " +
    "with and without an actionable finding in each.",
  cohortChangeMethod:
    "The forms hold different cases, so cases are nested in forms: Obuchowski and Rockette's " +
    "analysis with Hillis' degrees of freedom, for residents and cases like these.",
  cohortChangeCases:
    "{cases} cases in all, {positives} with an actionable finding ({percent}): enriched, not " +
    "comparable with screening.",
  cohortMeasure: "Measure",
  cohortBefore: "Before",
  cohortAfter: "After",
  cohortChange: "Change",
  cohortCasesOf: "{n} cases",
  cohortPValue: "p",
  cohortWafroc: "wAFROC area",
  cohortChangeChart:
    "Before and after with 95 % intervals, by measure. The table below holds the same numbers.",
  cohortChangeCaption: "Before and after with 95 % intervals",
  cohortLeftOut: {
    one: "{n} resident who read less than nine tenths of a form is left out.",
    other: "{n} residents who read less than nine tenths of a form are left out.",
  },
  cohortFormsTitle: "Each form",
  cohortFormsCaption:
    "By everybody who read the form, at first: means for residents and cases like these",
  cohortForm: "Form",
  cohortPoints: "{n} points",
  cohortFormName: "Form {form}",
  cohortNoForm: "Nobody has completed a form of the test set yet.",
  cohortPrevalenceOf: "{positives} of {cases} with an actionable finding ({percent})",
  cohortResidentsTitle: "Resident by resident",
  cohortResidentsNote:
    "Before is the first form a resident completed, after the latest of another form. They hold " +
    "different cases, so the interval of a change rests on those of both figures (Newcombe).",
  cohortNotSat: "No form completed",
  cohortFormOn: "{form}, {day}",
  cohortChangeOf: "{value} ({low} to {high})",
  cohortChangeOfWithP: "{value} ({low} to {high}), {p}",
  cohortPOf: "p = {p}",
  cohortPBelow: "p < {p}",
  cohortRepeat:
    "{name} read form {form} twice: on the same {cases} cases the ROC area changed by {change} " +
    "(DeLong's paired test).",
  cohortRepeatFew: "{name} read form {form} twice: not enough readings to compare.",
} as const;
