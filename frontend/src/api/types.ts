/** The names that the code uses for what the API's schema defines. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Role = Schemas["Role"];
export type Me = Schemas["Me"];
export type LanguageCode = Schemas["Language"];
export type Membership = Schemas["Membership"];

export type Term = Schemas["Term"];
export type FindingKind = Schemas["FindingKind"];
export type Vocabulary = Schemas["Vocabulary"];
export type GeneratedKind = Schemas["GeneratedKind"];

export type Note = Schemas["Note"];
export type NoteSave = Schemas["NoteSaveRequest"];
export type ListedNote = Schemas["ListedNote"];

export type Session = Schemas["Session"];
export type SessionReport = Schemas["SessionReport"];
export type SessionCase = Schemas["SessionCase"];
export type SessionCompetency = Schemas["SessionCompetency"];

export type Ladder = Schemas["Ladder"];
export type LadderStep = Schemas["LadderStep"];

export type Density = Schemas["Density"];
export type Assessment = Schemas["Assessment"];
export type Mark = Schemas["Mark"];
export type Answers = Schemas["Answers"];
export type Draft = Schemas["Draft"];
export type ReadingLog = Schemas["ReadingLogRequest"];

export type SessionStart = Schemas["SessionStartRequest"];
export type PracticeWay = SessionStart;
export type SessionMode = Schemas["ReportedMode"];
export type PractisedMode = Schemas["PractisedMode"];
export type Progress = Schemas["Progress"];

export type CaseImages = Schemas["CaseImages"];
export type Assignment = Schemas["Assignment"];

export type Feedback = Schemas["Feedback"];
export type FindingTruth = Schemas["TrueFinding"];
export type MarkOutcome = Schemas["MarkOutcomeName"];
export type MissKind = Schemas["MissKind"];
export type AbilityChange = Schemas["AbilityChange"];
export type Interval = Schemas["AbilityInterval"];

export type ReadingKept = Schemas["ReadingKept"];
export type Tests = Schemas["Tests"];
export type TestForm = Schemas["Form"];
export type TestSession = Schemas["TestSession"];
export type TestPlace = Schemas["TestPlace"];
export type TestResult = Schemas["TestResult"];
export type TestReliability = Schemas["TestReliability"];
export type Reliability = Schemas["Reliability"];
export type FormAspect = Schemas["FormAspect"];
export type FormAspectName = Schemas["FormAspectName"];
export type FormChange = Schemas["FormChange"];
export type Difference = Schemas["Difference"];
export type RocArea = Schemas["RocArea"];

export type Proportion = Schemas["Proportion"];
/** An interval that is null until there are enough answers. */
export type Estimate = Schemas["Criterion"];
export type Ability = Schemas["Ability"];
export type AbilityLevel = Schemas["AbilityLevel"];
export type AbilityCourse = Schemas["AbilityCourse"];
export type Mastery = Schemas["Mastery"];
export type MasteryRow = Schemas["MasteryRow"];
export type Milestone = Schemas["Milestone"];
export type ResidentMilestones = Schemas["ResidentMilestones"];
export type CohortReport = Schemas["CohortReport"];
export type CohortTests = Schemas["CohortTests"];

export type Person = Schemas["Person"];
export type ImportedPerson = Schemas["ImportedPerson"];
export type OneTimeLink = Schemas["Link"];

export type Generator = Schemas["Generator"];
export type ModelCard = Schemas["ModelCard"];
export type Measured = Schemas["Measured"];
export type CardBlock = Schemas["CardBlock"];
export type CardFailure = Schemas["CardFailure"];
export type CardOutcome = Schemas["CardOutcome"];
export type CardRow = Schemas["CardRow"];
export type CardSeries = Schemas["CardSeries"];
export type CardStrip = Schemas["CardStrip"];
export type CardTable = Schemas["CardTable"];
export type CardTraining = Schemas["CardTraining"];

export type CaseReport = Schemas["CaseReport"];
export type CaseRequest = Schemas["CaseRequest"];
export type CaseOrder = Pick<Schemas["CaseRequestCreateRequest"], "id" | "wishes" | "generator">;
export type UsedGenerator = Schemas["UsedGenerator"];
export type Wishes = Schemas["WishesRequest"];

export type Side = Schemas["Side"];
export type Woman = Schemas["Woman"];
export type SandboxKind = Schemas["SandboxKind"];
export type SandboxRow = Schemas["SandboxRow"];
export type SandboxCase = Schemas["SandboxCase"];
export type SandboxPreview = Schemas["SandboxPreview"];
export type SandboxSave = Schemas["SandboxSaveRequest"];
export type PlacedLesion = Schemas["PlacedLesionRequest"];
export type Colleague = Schemas["Colleague"];
export type Challenges = Schemas["Challenges"];
export type SentChallenge = Schemas["SentChallenge"];
export type ReceivedChallenge = Schemas["ReceivedChallenge"];
export type ChallengeState = Schemas["ChallengeState"];
export type ChallengeResult = Schemas["ChallengeResult"];
export type Curriculum = Schemas["Curriculum"];
export type CurriculumDefaults = Schemas["CurriculumDefaults"];
export type CurriculumSave = Schemas["CurriculumCreateRequest"];
export type Limit = Schemas["Limit"];
export type Reach = Schemas["Reach"];

export type RealismState = Schemas["RealismState"];
export type RealismProgress = Schemas["RealismProgress"];
export type RealismReading = Schemas["RealismReading"];
export type RealismImage = Schemas["RealismImage"];
export type RealismAnswer = Schemas["RealismAnswerCreateRequest"];
export type RealismCues = Schemas["Cues"];
export type Discrimination = Schemas["Discrimination"];
export type SiteReaders = Schemas["SiteReaders"];
export type Giveaway = Schemas["Giveaway"];
export type ImageView = Schemas["ImageView"];
