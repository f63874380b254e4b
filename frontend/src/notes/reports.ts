import type { CaseReport } from "../api/types";
import { formatDay } from "../ui/format";

/** What became of a report, for who made it. */
export const tellState = ({ state, resolved_at }: CaseReport): string =>
  state === "open" ? "Open: your educator has not closed it yet." : `Closed on ${formatDay(resolved_at)}.`;
