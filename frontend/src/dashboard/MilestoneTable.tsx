import type { Milestone } from "../api/types";
import { t } from "../i18n/translate";
import { formatList } from "../ui/format";

/** A level and its range in words, or what it lacks. */
export function describeMilestone({ low, high, lacking }: Milestone): string {
  if (low === null || high === null) return t("milestoneLacking", { names: formatList(lacking) });
  return low === high ? t("milestoneAt", { low }) : t("milestoneRange", { low, high });
}

/** Levels suggested for a milestones meeting, marked as nothing more than that. */
export function MilestoneSection({ milestones }: { readonly milestones: readonly Milestone[] }) {
  return (
    <section className="stack" aria-labelledby="milestones-title">
      <h2 id="milestones-title">{t("milestonesTitle")}</h2>
      <p className="small">
        <b className="suggestion">{t("milestonesSuggestion")}</b>{" "}
        <span className="muted">{t("milestonesWhy")}</span>
      </p>
      <div className="table-wrap">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("milestoneColumn")}</th>
              <th scope="col">{t("milestoneLevel")}</th>
            </tr>
          </thead>
          <tbody>
            {milestones.map((milestone) => (
              <tr key={milestone.milestone}>
                <th scope="row">{milestone.label}</th>
                <td>{describeMilestone(milestone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
