/** Every call of the API as a function; the rest of the code knows no addresses. */
import createClient from "openapi-fetch";
import { send } from "./client";
import type { paths } from "./schema";
import type * as t from "./types";

// `send` throws on every refusal, so an answer that arrives here holds data. Looked up at each call:
// the address is the browser's.
const client = createClient<paths>({ baseUrl: globalThis.location?.origin ?? "", fetch: send });

async function data<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

/** One page of a long list. */
export interface Listed<T> {
  readonly count: number;
  readonly next?: string | null;
  readonly results: readonly T[];
}

async function results<T>(answer: Promise<{ data?: { results: T[] } }>): Promise<T[]> {
  return (await data(answer)).results;
}

export const getMe = () => data(client.GET("/api/me/"));
export const finishTutorial = () =>
  data(client.PATCH("/api/me/", { body: { tutorial_done: true } }));
export const setLanguage = (language: t.LanguageCode) =>
  data(client.PATCH("/api/me/", { body: { language } }));
export const getVocabulary = (language: t.LanguageCode) =>
  data(client.GET("/api/vocabulary/", { params: { query: { language } } }));

/** Practice, going on with what it practises, unless something else is asked for. */
export const startSession = (body: t.SessionStart = { mode: "practice" }) =>
  data(client.POST("/api/sessions/", { body }));
export const endSession = (session: string) =>
  data(client.POST("/api/sessions/{session}/end/", { params: { path: { session } } }));
export const getSessions = () => results(client.GET("/api/sessions/"));
export const getSessionReport = (session: string) =>
  data(client.GET("/api/sessions/{session}/report/", { params: { path: { session } } }));
export const nextAssignment = (session: string) =>
  data(client.POST("/api/sessions/{session}/next/", { params: { path: { session } } }));
export const getAssignment = (assignment: string) =>
  data(client.GET("/api/assignments/{assignment}/", { params: { path: { assignment } } }));
/** Goes on with a case that was begun, in its own way of practising. */
export const resumeAssignment = (assignment: string) =>
  data(client.POST("/api/assignments/{assignment}/resume/", { params: { path: { assignment } } }));
export const putDraft = (assignment: string, body: { answers: t.Answers; revision: number }) =>
  data(client.PUT("/api/assignments/{assignment}/draft/", { params: { path: { assignment } }, body }));
export const submitReading = (body: {
  assignment: string;
  key: string;
  answers: t.Answers;
  log: t.ReadingLog;
}) => data(client.POST("/api/readings/", { body }));
export const getReadings = () => results(client.GET("/api/readings/"));
export const getFeedback = (reading: string) =>
  data(client.GET("/api/readings/{reading}/feedback/", { params: { path: { reading } } }));

export const getTests = () => data(client.GET("/api/tests/"));
export const startTest = (form: string) => data(client.POST("/api/tests/", { body: { form } }));
export const makeTests = () => data(client.POST("/api/tests/making/"));
export const getTestResult = (session: string) =>
  data(client.GET("/api/tests/{session}/", { params: { path: { session } } }));
export const getTestReliability = () => data(client.GET("/api/tests/reliability/"));

export const getNotes = (page = 1) =>
  data(client.GET("/api/notes/", { params: { query: { page } } }));
export const getNote = (caseId: string) =>
  data(client.GET("/api/cases/{case}/note/", { params: { path: { case: caseId } } }));
export const putNote = (caseId: string, body: t.NoteSave) =>
  data(
    client.PUT("/api/cases/{case}/note/", {
      params: { path: { case: caseId } },
      body,
      // Arrives although the page is being left.
      keepalive: true,
    }),
  );

export const getLadder = (caseId: string) =>
  data(client.GET("/api/cases/{case}/ladder/", { params: { path: { case: caseId } } }));
export const requestLadder = (caseId: string) =>
  data(client.POST("/api/cases/{case}/ladder/", { params: { path: { case: caseId } } }));

export const getProgress = (mode: t.SessionMode = "practice") =>
  data(client.GET("/api/progress/", { params: { query: { mode } } }));
export const getCohorts = () => data(client.GET("/api/cohorts/"));
export const getCohortReport = (cohort: number, mode: t.PractisedMode) =>
  data(
    client.GET("/api/cohorts/{cohort}/report/", { params: { path: { cohort }, query: { mode } } }),
  );
export const getCohortTests = (cohort: number) =>
  data(client.GET("/api/cohorts/{cohort}/tests/", { params: { path: { cohort } } }));
export const cohortCsvUrl = (cohort: number, mode: t.PractisedMode): string =>
  `/api/cohorts/${cohort}/report.csv?mode=${mode}`;
export const cohortTestsCsvUrl = (cohort: number): string => `/api/cohorts/${cohort}/tests.csv`;
export const getCohortMilestones = (cohort: number) =>
  data(client.GET("/api/cohorts/{cohort}/milestones/", { params: { path: { cohort } } }));

export const getCurricula = () => results(client.GET("/api/curricula/"));
export const getCurriculum = (curriculum: number) =>
  data(client.GET("/api/curricula/{curriculum}/", { params: { path: { curriculum } } }));
export const getCurriculumDefaults = () => data(client.GET("/api/curricula/defaults/"));
export const getCurriculumStock = (curriculum: number) =>
  data(client.GET("/api/curricula/{curriculum}/stock/", { params: { path: { curriculum } } }));
export const createCurriculum = (body: t.CurriculumSave) =>
  data(client.POST("/api/curricula/", { body }));
export const changeCurriculum = (curriculum: number, body: t.CurriculumSave & { version: number }) =>
  data(client.PUT("/api/curricula/{curriculum}/", { params: { path: { curriculum } }, body }));
export const followCurriculum = (curriculum: number, cohorts: readonly number[]) =>
  data(
    client.PUT("/api/curricula/{curriculum}/cohorts/", {
      params: { path: { curriculum } },
      body: { cohorts: [...cohorts] },
    }),
  );
export const copyCurriculum = (curriculum: number) =>
  data(client.POST("/api/curricula/{curriculum}/copy/", { params: { path: { curriculum } } }));
export const archiveCurriculum = (curriculum: number) =>
  data(client.POST("/api/curricula/{curriculum}/archive/", { params: { path: { curriculum } } }));
export const importCurriculum = (content: unknown) =>
  data(client.POST("/api/curricula/import/", { body: { content } }));
export const curriculumFileUrl = (curriculum: number): string => `/api/curricula/${curriculum}/file/`;

export const getPeople = (page = 1) =>
  data(client.GET("/api/people/", { params: { query: { page } } }));
export const invite = (body: {
  email: string;
  name: string;
  role: t.Role;
  cohort: number | null;
}) =>
  data(client.POST("/api/invites/", { body }));
export const importPeople = (file: File) =>
  data(
    client.POST("/api/people/import/", {
      // The schema names a binary string; a browser sends the file itself.
      body: { file: file as unknown as string },
      bodySerializer: () => {
        const form = new FormData();
        form.append("file", file);
        return form;
      },
    }),
  );
export const makePasswordLink = (person: number) =>
  data(client.POST("/api/people/{person}/password-link/", { params: { path: { person } } }));

export const getCaseReports = (page = 1) =>
  data(client.GET("/api/case-reports/", { params: { query: { page } } }));
export const getOwnCaseReports = (page = 1, caseId?: string) =>
  data(client.GET("/api/case-reports/mine/", { params: { query: { page, ...(caseId && { case: caseId }) } } }));
export const reportCase = (body: { case: string; text: string }) =>
  data(client.POST("/api/case-reports/", { body }));
export const resolveCaseReport = (report: string) =>
  data(client.POST("/api/case-reports/{report}/resolve/", { params: { path: { report: Number(report) } } }));

export const getGenerators = () => data(client.GET("/api/generators/"));
export const getGeneratorCard = (generator: string) =>
  data(client.GET("/api/generators/{generator}/card/", { params: { path: { generator } } }));

export const getCaseRequests = (page = 1) =>
  data(client.GET("/api/case-requests/", { params: { query: { page } } }));
export const requestCase = (body: t.CaseOrder) =>
  data(client.POST("/api/case-requests/", { body }));
export const retryCaseRequest = (request_id: string) =>
  data(client.POST("/api/case-requests/{request_id}/retry/", { params: { path: { request_id } } }));

export const getSandboxKinds = () => data(client.GET("/api/sandbox/kinds/"));
export const getWomen = () => results(client.GET("/api/sandbox/women/"));
export const getSandboxCases = () => results(client.GET("/api/sandbox/cases/"));
/** Without a case, a woman whom the person will never be given to read. */
export const openSandboxCase = (body: { id: string; case: string | null }) =>
  data(client.POST("/api/sandbox/cases/", { body }));
const ofSandbox = (sandbox: string) => ({ params: { path: { sandbox } } });
export const getSandboxCase = (sandbox: string) =>
  data(client.GET("/api/sandbox/cases/{sandbox}/", ofSandbox(sandbox)));
export const saveSandboxCase = (sandbox: string, body: t.SandboxSave) =>
  data(client.PUT("/api/sandbox/cases/{sandbox}/", { ...ofSandbox(sandbox), body }));
export const closeSandboxCase = (sandbox: string) =>
  data(client.DELETE("/api/sandbox/cases/{sandbox}/", ofSandbox(sandbox)));
export const getSandboxSteps = (sandbox: string) =>
  data(client.GET("/api/sandbox/cases/{sandbox}/steps/", ofSandbox(sandbox)));
export const requestSandboxStep = (sandbox: string, density: t.Density) =>
  data(client.POST("/api/sandbox/cases/{sandbox}/steps/", { ...ofSandbox(sandbox), body: { density } }));
export const getColleagues = (sandbox: string) =>
  data(client.GET("/api/sandbox/cases/{sandbox}/colleagues/", ofSandbox(sandbox)));

export const getChallenges = () => data(client.GET("/api/challenges/"));
export const sendChallenges = (body: { sandbox: string; colleagues: number[]; density: t.Density }) =>
  data(client.POST("/api/challenges/", { body }));
const ofChallenge = (challenge: string) => ({ params: { path: { challenge } } });
export const acceptChallenge = (challenge: string) =>
  data(client.POST("/api/challenges/{challenge}/accept/", ofChallenge(challenge)));
export const declineChallenge = (challenge: string) =>
  data(client.POST("/api/challenges/{challenge}/decline/", ofChallenge(challenge)));
export const withdrawChallenge = (challenge: string) =>
  data(client.POST("/api/challenges/{challenge}/withdraw/", ofChallenge(challenge)));
export const getChallengeResult = (challenge: string) =>
  data(client.GET("/api/challenges/{challenge}/result/", ofChallenge(challenge)));

export const getRealism = () => data(client.GET("/api/realism/"));
export const beginRealism = () => data(client.POST("/api/realism/readings/"));
export const getRealismReading = (reading: string) =>
  data(client.GET("/api/realism/readings/{reading}/", { params: { path: { reading } } }));
export const answerRealism = (reading: string, body: t.RealismAnswer) =>
  data(
    client.POST("/api/realism/readings/{reading}/answers/", { params: { path: { reading } }, body }),
  );
export const getGiveaways = (test: string) =>
  data(client.GET("/api/realism/tests/{test}/images/", { params: { path: { test } } }));
