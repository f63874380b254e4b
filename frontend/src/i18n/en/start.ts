/** The start page and the choice of what to practise. */
export const START = {
  practise: "Practise reading mammograms",
  practiseText:
    "You read a screening case as on a workstation: look, mark, assess. The truth follows at once, " +
    "known to the pixel, and the next case is chosen to fit what you can and cannot do yet. Every " +
    "image is computer-generated.",
  openingCase: "Opening a case",
  goOnReading: "Go on reading",
  readNext: "Read the next case",
  asksAgain: "This page asks again every few seconds and opens the case by itself.",
  signedInAs: "Signed in as {email}",
  latestSessions: "Your latest sessions",
  summaryOf: "Summary of {when}",
  readingCount: { one: "{n} reading", other: "{n} readings" },
  stillOpen: "still open",
  latestReadings: "Your latest readings",
  lookAgainAt: "Look again at {when}",
  whatToPractise: "What to practise",
  wayAdaptive: "Adaptive",
  wayWeakness: "Weak points",
  wayFinding: "One finding",
  wayTier: "One tier",
  wayAssessment: "Assessment",
  adaptiveText:
    "Everything, with more of what you can gain most in. It aims at 80 right answers in 100.",
  weaknessText: "The two competencies in which you have most to gain, among normal cases.",
  findingText: "One kind of finding, among normal cases: at least 4 in 10 hold nothing.",
  tierText: "Cases of one difficulty, 1 the easiest to 5 the hardest.",
  assessmentText:
    "Harder: it aims at 55 right answers in 100, which measures best. Feedback still comes " +
    "after each case. Its figures are kept apart from practice.",
  masses: "Masses",
  calcifications: "Calcifications",
  distortions: "Architectural distortion",
  asymmetries: "Asymmetries",
  finding: "Finding",
  tier: "Tier",
  startAssessment: "Start the assessment",
  startPractice: "Start this practice",
  roleResident: "resident",
  roleEducator: "educator",
  roleDirector: "director",
  roleOperator: "operator",
} as const;
