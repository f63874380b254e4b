import type { Role } from "../api/types";
import type { Key } from "../i18n/en";

export interface Route {
  readonly path: string;
  readonly label: Key;
  /** Who sees it; null is everybody. */
  readonly roles: readonly Role[] | null;
  /** Behind "More" for those who see several such pages: what is not for every day. */
  readonly more?: true;
}

export const ROUTES: readonly Route[] = [
  { path: "/", label: "pagePractice", roles: null },
  { path: "/progress", label: "pageProgress", roles: null },
  { path: "/tests", label: "pageTests", roles: null },
  { path: "/notes", label: "pageNotes", roles: null },
  { path: "/sandbox", label: "pageSandbox", roles: null },
  { path: "/cohort", label: "pageCohort", roles: ["director"] },
  { path: "/curricula", label: "pageCurricula", roles: ["educator", "director"] },
  { path: "/people", label: "pagePeople", roles: ["director", "operator"], more: true },
  { path: "/requests", label: "pageRequests", roles: ["educator", "operator"], more: true },
  { path: "/reports", label: "pageReports", roles: ["educator", "director", "operator"], more: true },
  { path: "/model-card", label: "pageModelCard", roles: null, more: true },
];

/** Who may visit a page: everybody, or who holds one of its roles. */
export const mayVisit = (roles: readonly Role[] | null, held: readonly Role[]): boolean =>
  roles === null || roles.some((role) => held.includes(role));

/** The pages that roles give, in the header and behind "More"; a single one needs no such list. */
export function pagesOf(held: readonly Role[]): {
  readonly daily: readonly Route[];
  readonly more: readonly Route[];
} {
  const open = ROUTES.filter(({ roles }) => mayVisit(roles, held));
  const more = open.filter((route) => route.more);
  if (more.length < 2) return { daily: open, more: [] };
  return { daily: open.filter((route) => !route.more), more };
}
