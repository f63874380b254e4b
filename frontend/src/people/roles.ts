import type { Role } from "../api/types";
import type { Key } from "../i18n/en";

/** What each role is called. */
export const ROLE_WORDS = {
  resident: "roleResident",
  educator: "roleEducator",
  director: "roleDirector",
  operator: "roleOperator",
} as const satisfies Record<Role, Key>;
