/** Every call of the API as a function; the rest of the code knows no addresses. */
import { send } from "./client";
import type * as t from "./types";

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const form = body instanceof FormData;
  const request = new Request(new URL(path, location.origin), {
    method,
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    ...(body === undefined || form ? {} : { headers: { "Content-Type": "application/json" } }),
  });
  const response = await send(request);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Lists come paginated or bare. */
async function list<T>(path: string): Promise<T[]> {
  const body = await call<T[] | { results: T[] }>("GET", path);
  return Array.isArray(body) ? body : body.results;
}

export const getMe = () => call<t.Me>("GET", "/api/me/");
export const finishTutorial = () => call<t.Me>("PATCH", "/api/me/", { tutorial_done: true });
export const getVocabulary = () => call<t.Vocabulary>("GET", "/api/vocabulary/");

export const startSession = () => call<t.Session>("POST", "/api/sessions/", { mode: "practice" });
export const endSession = (id: string) => call<t.Session>("POST", `/api/sessions/${id}/end/`);
export const nextAssignment = (session: string) =>
  call<t.Assignment>("POST", `/api/sessions/${session}/next/`);
export const getAssignment = (id: string) =>
  call<t.Assignment>("GET", `/api/assignments/${id}/`);
export const putDraft = (id: string, draft: { answers: t.Answers; revision: number }) =>
  call<{ revision: number; updated_at: string }>("PUT", `/api/assignments/${id}/draft/`, draft);
export const submitReading = (reading: {
  assignment: string;
  key: string;
  answers: t.Answers;
  log: t.ReadingLog;
}) => call<t.Feedback>("POST", "/api/readings/", reading);
export const getReadings = () => list<t.ReadingRow>("/api/readings/");
export const getFeedback = (id: string) => call<t.Feedback>("GET", `/api/readings/${id}/feedback/`);

export const getProgress = () => call<t.Progress>("GET", "/api/progress/");
export const getCohorts = () => list<t.Cohort>("/api/cohorts/");
export const getCohortReport = (id: string) =>
  call<t.CohortReport>("GET", `/api/cohorts/${id}/report/`);
export const cohortCsvUrl = (id: string): string => `/api/cohorts/${id}/report.csv`;

export const getPeople = () => list<t.Person>("/api/people/");
export const invite = (person: { email: string; role: t.Role; cohort: number | null }) =>
  call<t.OneTimeLink>("POST", "/api/invites/", person);
export function importPeople(file: File) {
  const form = new FormData();
  form.append("file", file);
  return call<{ created: readonly t.ImportedPerson[] }>("POST", "/api/people/import/", form);
}
export const makePasswordLink = (id: number) =>
  call<t.OneTimeLink>("POST", `/api/people/${id}/password-link/`);

export const getCaseReports = () => list<t.CaseReport>("/api/case-reports/");
export const reportCase = (report: { case: string; text: string }) =>
  call<t.CaseReport>("POST", "/api/case-reports/", report);
export const resolveCaseReport = (id: number | string) =>
  call<t.CaseReport>("POST", `/api/case-reports/${id}/resolve/`);

export const getCaseRequests = () => list<t.CaseRequest>("/api/case-requests/");
export const requestCase = (request: { id: string; wishes: Record<string, string> }) =>
  call<t.CaseRequest>("POST", "/api/case-requests/", request);
export const retryCaseRequest = (id: string) =>
  call<t.CaseRequest>("POST", `/api/case-requests/${id}/retry/`);
