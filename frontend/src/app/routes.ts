import type { Role } from "../api/types";
import type { Key } from "../i18n/en";

interface Route {
  readonly path: string;
  readonly label: Key;
  /** Who sees it; null is everybody. */
  readonly roles: readonly Role[] | null;
}

export const ROUTES: readonly Route[] = [
  { path: "/", label: "pagePractice", roles: null },
  { path: "/progress", label: "pageProgress", roles: null },
  { path: "/notes", label: "pageNotes", roles: null },
  { path: "/cohort", label: "pageCohort", roles: ["director"] },
  { path: "/people", label: "pagePeople", roles: ["director", "operator"] },
  { path: "/requests", label: "pageRequests", roles: ["educator", "operator"] },
  { path: "/reports", label: "pageReports", roles: ["educator", "director", "operator"] },
  { path: "/model-card", label: "pageModelCard", roles: null },
];
