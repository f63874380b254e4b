import type { Ability } from "../api/types";
import { t } from "../i18n/translate";
import { formatEstimate } from "../ui/format";

/** The same numbers as the chart, as a table. */
export function AbilityTable({
  caption,
  rows,
}: {
  readonly caption: string;
  readonly rows: readonly { readonly name: string; readonly abilities: readonly Ability[] }[];
}) {
  const columns = rows[0]?.abilities ?? [];
  return (
    <div className="table-wrap">
      <table className="numeric">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("readerColumn")}</th>
            {columns.map(({ competency, label }) => (
              <th key={competency} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              {row.abilities.map((ability) => (
                <td key={ability.competency}>
                  {formatEstimate(ability)}
                  <br />
                  <span className="muted small">n = {ability.n}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
