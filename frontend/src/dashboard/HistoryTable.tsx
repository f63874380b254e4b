import type { AbilityCourse, Interval } from "../api/types";
import { t } from "../i18n/translate";
import { formatDay, formatEstimate } from "../ui/format";
import { lastOfDays } from "./history";

/** The courses of the charts as a table: what was known at the end of each day of practice. */
export function HistoryTable({ abilities }: { readonly abilities: readonly AbilityCourse[] }) {
  const days = lastOfDays(abilities);
  if (days.length === 0) return null;
  const tell = (point: Interval | undefined): string =>
    point ? formatEstimate({ ...point, enough: true, n: 0 }) : "–";
  return (
    <div className="table-wrap">
      <table className="numeric">
        <caption>{t("abilitiesByDay")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("dayColumn")}</th>
            {abilities.map(({ competency, label }) => (
              <th key={competency} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, points }) => (
            <tr key={day}>
              <th scope="row">{formatDay(day)}</th>
              {abilities.map(({ competency }) => (
                <td key={competency}>{tell(points[competency])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
