import type { CaseReport } from "../api/types";
import { t } from "../i18n/translate";
import { formatDay } from "../ui/format";

/** What became of a report, for who made it. */
export const tellState = ({ state, resolved_at }: CaseReport): string =>
  state === "open" ? t("reportOpen") : t("reportClosed", { when: formatDay(resolved_at) });
