import type { Role } from "../api/types";

interface Route {
  readonly path: string;
  readonly label: string;
  /** Who sees it; null is everybody. */
  readonly roles: readonly Role[] | null;
}

export const ROUTES: readonly Route[] = [
  { path: "/", label: "Practice", roles: null },
  { path: "/progress", label: "My progress", roles: null },
  { path: "/notes", label: "Notes", roles: null },
  { path: "/cohort", label: "Cohort", roles: ["director"] },
  { path: "/people", label: "People", roles: ["director", "operator"] },
  { path: "/requests", label: "Case requests", roles: ["educator", "operator"] },
  { path: "/reports", label: "Reported cases", roles: ["educator", "director", "operator"] },
  { path: "/model-card", label: "Model card", roles: null },
];
