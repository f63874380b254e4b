/** Educators' curricula. */
export const CURRICULA = {
  pageCurricula: "Curricula",
  curriculaIntro:
    "What a cohort practises: which competencies, how much of each, through which tiers, and when " +
    "they count as mastered. A cohort without a curriculum practises everything.",
  curriculumNew: "New curriculum",
  curriculumImport: "Import a file",
  curriculumImportRefused: "The file was not taken in:",
  curriculumNotJson: "This file holds no JSON.",
  curriculumNone: "There is no curriculum yet. Until there is, everybody practises everything.",
  curriculumName: "Name",
  curriculumTrains: "Trains",
  curriculumCohorts: "Cohorts",
  curriculumChanged: "Changed",
  curriculumActions: "Actions",
  curriculumChangedBy: "{when}, {who}",
  curriculumTiersOf: "{label} {first}–{last}",
  curriculumEdit: "Edit",
  curriculumSee: "Look at it",
  curriculumCopy: "Duplicate",
  curriculumExport: "Export",
  curriculumArchive: "Archive",
  curriculumDo: "{action}: {name}",
  curriculumArchived: "Archived",
  curriculumSureTitle: "Archive “{name}”?",
  curriculumSure: {
    one: "{n} cohort follows it and will practise everything again. It can still be duplicated.",
    other: "{n} cohorts follow it and will practise everything again. It can still be duplicated.",
  },

  editorNew: "A new curriculum",
  editorIntro: "Changes hold at once for everybody whose cohort follows it. Nothing learnt is lost.",
  editorOnlySee: "You may look at this curriculum; educators of the whole institution change it.",
  editorWrong: "Not saved: some fields need another look.",
  editorField: "{field}: {problem}",
  editorSaved: "Saved.",
  editorSave: "Save",
  editorBack: "All curricula",
  editorReload: "Load it again",
  editorLax: "Laxer than the default",
  editorCompetencies: "Competencies and tiers",
  editorCompetenciesWhy:
    "A weight of 2 is practised about twice as often as one of 1, for the same need. Everybody " +
    "starts at the first tier of each competency and goes on by ability, never by time. At least 4 " +
    "cases in 10 are normal whatever is trained.",
  editorTrain: "Competency",
  editorTrainOne: "Train {label}",
  editorWeight: "Weight",
  editorFirst: "First tier",
  editorLast: "Last tier",
  editorOffset: "Goal moved by",
  editorGoal: "Goal",
  editorOf: "{field} of {label}",
  editorStock: "Cases ready, by tier",
  editorStockCell: "Tier {tier}: {ready}",
  editorStockOrdered: "{n} ordered",
  editorStockNever: "cannot be made",
  editorStockProblem: "Tier {tier} of {label}: {ready} cases ready, {ordered} ordered.",
  editorStockEmpty:
    "Tier {tier} of {label}: 0 cases ready, 0 ordered, and the generator makes none. Readers are " +
    "given the nearest.",
  editorStockTitle: "Tiers without a case",
  editorStockFirst: "How many cases each tier has shows once it is saved.",
  editorRule: "When a competency is mastered",
  editorRuleWhy:
    "The defaults were simulated: nobody who marks everything, marks nothing or answers at random " +
    "masters anything with them.",
  ruleProbability: "Certainty",
  ruleProbabilityWhy: "How surely the ability must lie above the goal.",
  ruleItems: "Answers",
  ruleItemsWhy: "Fewest answers in the competency.",
  ruleNeutral: "Criterion within",
  ruleNeutralWhy:
    "How far the criterion may lie from 0, to either side. Without it a reader who marks everything " +
    "would master lesions: it can be made stricter, not be switched off.",
  ruleNeutralProbability: "Certainty of the criterion",
  ruleNeutralProbabilityWhy: "How surely it must lie so near 0.",
  ruleTierProbability: "Certainty of a tier",
  ruleTierProbabilityWhy:
    "How surely a reader must be right on 8 in 10 cases of a tier before the next one opens, after " +
    "{n} answers at the earliest.",
  ruleDefault: "Default {value}; from {lowest} to {highest}.",
  editorFollow: "Cohorts that follow it",
  editorFollowNone: "There is no cohort yet.",
  editorFollowWhy: "A cohort follows one curriculum: choosing it here takes it from another.",
} as const;
