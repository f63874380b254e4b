import { COHORT } from "./en/cohort";
import { COMMON } from "./en/common";
import { CURRICULA } from "./en/curricula";
import { FEEDBACK } from "./en/feedback";
import { FIGURES } from "./en/figures";
import { GENERATORS } from "./en/generators";
import { NOTES } from "./en/notes";
import { PEOPLE } from "./en/people";
import { PROGRESS } from "./en/progress";
import { REALISM } from "./en/realism";
import { RATING } from "./en/rating";
import { REQUESTS } from "./en/requests";
import { SANDBOX } from "./en/sandbox";
import { SESSIONS } from "./en/sessions";
import { START } from "./en/start";
import { DISPLAY } from "./en/display";
import { TESTSETS } from "./en/testsets";
import { VIEWER } from "./en/viewer";

/** English: the catalogue that gives every other language its keys. */

/** Plural forms by the categories of Intl.PluralRules; "other" is always there. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

export const EN = {
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
  // The frame of every page
  skipToContent: "Skip to the content",
  pages: "Pages",
  more: "More",
  signOut: "Sign out",
  language: "Language",
  close: "Close",
  back: "Back",
  next: "Next",
  goToStart: "Go to the start",
  tryAgain: "Try again",
  pagePractice: "Practice",
  pageProgress: "My progress",
  pageNotes: "Notes",
  pageCohort: "Cohort",
  pagePeople: "People",
  pageRequests: "Case requests",
  pageReports: "Reported cases",
  pageModelCard: "Model card",

  // What can go wrong
  offline: "The server cannot be reached. Check the connection; nothing you answered is lost.",
  signedOut: "You are signed out. Sign in again to go on; nothing you answered is lost.",
  forbidden: "You may not do this with your role. If your session ended, sign in again.",
  notFound: "This does not exist, or it is not yours to see.",
  tooLarge: "That is too large to send.",
  tooMany: "Too many requests just now. Wait a moment and try again.",
  serverProblem: "The server had a problem with this. Try again; if it stays, tell the operator.",
  refused: "The server refused this (status {status}).",
  somethingWrong: "Something went wrong. Try again.",
  caseCannotBeShown: "This case cannot be shown",

  // The case
  reading: "Reading",
  case: "Case",
  caseNumber: "Case {n}",
  woman: "Woman, {age} years. {indication}.",
  noPrior: "No prior.",
  priorOf: "Prior of {when}:",
  priorOver: "PRIOR, {when}",
  unknownTimeBefore: "an unknown time before",
  yearsBefore: { one: "{n} year before", other: "{n} years before" },
  hideTimer: "Hide with T",
  marksGoOnCurrent: "Marks go on the current exam: P goes back to it.",
  yourReading: "Your reading",

  // Marks
  marks: "Marks",
  howToMark: "Click a finding in the images, or move the crosshair with the arrow keys and press",
  leaveNormal: "Leave a normal case unmarked.",
  chooseType: "Choose a type",
  noType: "no type",
  markInView: "Mark {n}, {view}",
  markInViewRated: "Mark {n}, {view}, rating {rating}",
  markInViewDismissed: "Mark {n}, {view}, dismissed",
  ratingOf: "rating {rating}",
  sameAsMark: "the same as mark {n}",
  confidence: "Confidence that it is suspicious, 0 to 100",
  confidenceNumber: "Confidence as a number",
  judgement: "Judgement",
  suspicious: "Suspicious",
  dismissed: "Dismissed",
  dismissedWord: "dismissed",
  findingType: "Finding type",
  choose: "Choose",
  notGiven: "Not given",
  dismissedBecause: "Dismissed because",
  sameFinding: "The same finding in the other view",
  notLinked: "Not linked",
  removeMark: "Remove mark",

  // Answers
  assessment: "Assessment",
  density: "Density",
  rightBreast: "Right breast",
  leftBreast: "Left breast",
  recall: "Recall",
  noRecall: "No recall",
  recallFollows: "follows from the assessments",
  missingDensity: "density",
  missingRight: "right assessment",
  missingLeft: "left assessment",
  missingRecall: "recall",
  missingType: "finding type of mark {n}",
  stillToAnswerList: "Still to answer: {list}.",

  // Keeping and sending
  allSaved: "All answers saved",
  notSavedYet: "Not saved yet",
  saving: "Saving",
  keptOffline: "No connection: kept in this browser, sent when it returns",
  keptSignedOut: "You are signed out: kept in this browser, sent when you sign in again",
  notSaved: "Not saved",
  changedElsewhere: "Changed in another window",
  keepMine: "Keep this window's answers",
  takeTheirs: "Take the other's",
  signInAgain: "Sign in again",
  waitingToSubmit: "Submitted, but the server cannot be reached. It is sent again until it arrives.",
  submitting: "Submitting",
  reviewAndSubmit: "Review and submit",
  reviewTitle: "Review your reading",
  stillToAnswer: "Still to answer",
  contradictions: "Does not fit together",
  noMarks: "None: you call nothing suspicious.",
  submitReading: "Submit reading",
  backToImages: "Back to the images",
  cannotBeChanged: "A submitted reading cannot be changed.",
  yes: "Yes",
  no: "No",
  seenClosely: "Of the breast seen at full resolution: {list}.",
  and: " and ",
  rightActedOnUnmarked:
    "The right breast is assessed {assessment}, yet no mark in it is called suspicious.",
  leftActedOnUnmarked:
    "The left breast is assessed {assessment}, yet no mark in it is called suspicious.",
  rightNormalMarked: {
    one: "The right breast is assessed {assessment}, yet mark {marks} in it is called suspicious.",
    other: "The right breast is assessed {assessment}, yet marks {marks} in it are called suspicious.",
  },
  leftNormalMarked: {
    one: "The left breast is assessed {assessment}, yet mark {marks} in it is called suspicious.",
    other: "The left breast is assessed {assessment}, yet marks {marks} in it are called suspicious.",
  },
  dismissedWithoutReason: "Mark {n} is dismissed without a reason.",

  // Tools and keys
  viewer: "Viewer",
  single: "Single",
  invert: "Invert",
  fit: "Fit",
  sync: "Sync",
  pan: "Pan",
  reset: "Reset",
  prior: "Prior",
  keys: "Keys",
  undo: "Undo",
  redo: "Redo",
  part: "part {n} of {count}",
  keysIntro:
    "They work while the images have the focus. Wheel: zoom at the pointer. Drag: window; with " +
    "Shift or the middle button: pan; the right button does the other of the two. Shift and wheel: " +
    "size of the loupe.",
  keyTab: "Through the marks, then the answers",
  keyArrows: "Arrow keys on a mark",
  keyArrowsDo: "Move it by 1 mm",
  keyDeleteKeys: "Delete or Backspace",
  keyTabFeedback: "Through your marks, then the feedback",
  keyList: "This list",
  keyDelete: "Remove the mark",
  keyDismiss: "Mark suspicious or dismissed",
  keyKind: "Next or previous finding type of the mark",
  keyLink: "Link the mark with one in the other view",
  keyEdit: "To what is said of the mark",
  keyAnswers: "To density, assessments and recall",
  keyUndo: "Undo the last change, or do it again",
  keyEscape: "Back to the images",
  keyReview: "Review the reading, then submit it",
  keyTimer: "Show or hide the timer",
  keyDensity: "The next or previous density, where it was made",

  // Tutorial
  tutorial: "Tutorial",
  tutorialStep: "step {n} of 3",
  tutorialLook: "Look",
  tutorialLookText:
    "Right and left hang back to back, CC over MLO. Turn the wheel to zoom at the pointer, drag to " +
    "set the window, press 1 to 4 or Space to step through the views, O for full resolution.",
  tutorialMark: "Mark",
  tutorialMarkText:
    "Click what you want to point out, or move the crosshair with the arrow keys and press M. Give " +
    "each mark a type and how sure you are. What you looked at and discarded, mark as dismissed.",
  tutorialAnswer: "Answer",
  tutorialAnswerText:
    "Choose density and an assessment for each breast; recall follows. Your answers are saved as you " +
    "go. After submitting you see the truth at once, with the lesion on and off.",
  startReading: "Start reading",
  skipTutorial: "Skip the tutorial",
} as const satisfies Record<string, string | Forms>;

export type Key = keyof typeof EN;
/** The same keys in another language, with plural forms where English has them. */
export type Part<English> = {
  readonly [K in keyof English]: English[K] extends string ? string : Forms;
};
/** What a language's file holds. */
export type Catalogue = Part<typeof EN>;
