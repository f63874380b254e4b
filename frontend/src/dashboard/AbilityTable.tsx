import type { Ability, Interval } from "../api/types";
import { signed } from "../ui/format";

const interval = ({ mean, low, high }: Interval): string =>
  `${signed(mean)} (${signed(low)} to ${signed(high)})`;

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
            <th scope="col">Reader</th>
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
                  {interval(ability)}
                  <br />
                  <span className="muted small">
                    n = {ability.n}
                    {!ability.enough && ", not enough yet"}
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
