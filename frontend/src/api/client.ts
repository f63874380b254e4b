/** One door to the server: session cookie, CSRF, and errors as sentences. */
import type { Key } from "../i18n/en";
import { t } from "../i18n/translate";

/** Field errors as the API words them; nested for lists. */
export type Problem = string | readonly Problem[] | { readonly [key: string]: Problem };

export class ApiError extends Error {
  override name = "ApiError";
  readonly status: number;
  readonly code: string | null;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(describe(status, body));
    this.status = status;
    this.body = body;
    const code = isRecord(body) ? body.code : null;
    this.code = typeof code === "string" ? code : null;
  }
}

/** The request did not reach the server, or its answer did not come back. */
export class OfflineError extends Error {
  override name = "OfflineError";
  constructor() {
    super(t("offline"));
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const FALLBACKS: Readonly<Record<number, Key>> = {
  403: "forbidden",
  404: "notFound",
  413: "tooLarge",
  429: "tooMany",
};

/** "marks > 1 > x: Outside the image." and so on, joined to a few sentences. */
export function flatten(problem: unknown, path: readonly string[] = []): string[] {
  if (typeof problem === "string") {
    const place = path.filter((part) => part !== "non_field_errors").join(" ");
    return [place ? `${capitalise(place.replaceAll("_", " "))}: ${problem}` : problem];
  }
  if (Array.isArray(problem)) return problem.flatMap((item) => flatten(item, path));
  if (isRecord(problem)) {
    return Object.entries(problem).flatMap(([key, value]) => flatten(value, [...path, key]));
  }
  return [];
}

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function describe(status: number, body: unknown): string {
  if (isRecord(body)) {
    if (body.code === "not_authenticated") return t("signedOut");
    if (typeof body.detail === "string" && status !== 404) return body.detail;
    const { code: _code, ...fields } = body;
    const sentences = flatten(fields);
    if (sentences.length > 0 && status === 400) return sentences.join(" ");
  }
  const known = status === 401 ? "signedOut" : FALLBACKS[status];
  if (known) return t(known);
  return status >= 500 ? t("serverProblem") : t("refused", { status });
}

export function readCsrfToken(cookies: string = document.cookie): string {
  const match = /(?:^|;\s*)csrftoken=([^;]+)/.exec(cookies);
  return match?.[1] ? decodeURIComponent(match[1]) : "";
}

/** fetch that fails with the two errors above only. */
export async function send(input: Request): Promise<Response> {
  const request = new Request(input, { credentials: "same-origin" });
  request.headers.set("Accept", "application/json");
  if (request.method !== "GET") request.headers.set("X-CSRFToken", readCsrfToken());
  let response: Response;
  try {
    response = await fetch(request);
  } catch {
    throw new OfflineError();
  }
  if (response.ok) return response;
  const text = await response.text().catch(() => "");
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    // A proxy's error page is not ours to show; the status says enough.
  }
  if (response.status === 502 || response.status === 503 || response.status === 504) {
    if (!isRecord(body)) throw new OfflineError();
  }
  throw new ApiError(response.status, body);
}

export const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError &&
  (error.status === 401 || (error.status === 403 && error.code === "not_authenticated"));

/** True for failures that pass by themselves. */
export const isTransient = (error: unknown): boolean =>
  error instanceof OfflineError || (error instanceof ApiError && error.status >= 500);

export const sentence = (error: unknown): string =>
  error instanceof Error ? error.message : t("somethingWrong");
