import type { AbilityChange } from "../api/types";
import { t } from "../i18n/translate";
import { formatEstimate, signed } from "../ui/format";

/** What this case changed in the estimate of each ability it tested. */
export function AbilityChanges({ changes }: { readonly changes: readonly AbilityChange[] }) {
  const moved = changes.filter(({ before, after }) => Math.abs(after.mean - before.mean) >= 0.005);
  if (moved.length === 0) return null;
  return (
    <section aria-labelledby="abilities-title">
      <h2 id="abilities-title">{t("yourAbilities")}</h2>
      <table className="compare small numeric">
        <caption className="visually-hidden">{t("beforeAndAfter")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("competency")}</th>
            <th scope="col">{t("change")}</th>
            <th scope="col">{t("nowInterval")}</th>
          </tr>
        </thead>
        <tbody>
          {moved.map(({ competency, label, before, after, enough, n }) => (
            <tr key={competency}>
              <th scope="row">{label}</th>
              <td>{enough ? signed(after.mean - before.mean) : "–"}</td>
              <td>{formatEstimate({ ...after, enough, n })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
