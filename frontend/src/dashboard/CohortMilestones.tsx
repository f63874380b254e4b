import { useQuery } from "@tanstack/react-query";
import { getCohortMilestones } from "../api/requests";
import { t } from "../i18n/translate";
import { Failure } from "../ui/Notice";
import { describeMilestone } from "./MilestoneTable";

/** Levels suggested for each resident of a cohort, for the meeting. */
export function CohortMilestones({ cohort }: { readonly cohort: number }) {
  const found = useQuery({
    queryKey: ["cohort-milestones", cohort],
    queryFn: () => getCohortMilestones(cohort),
  });
  // Those who follow different curricula have different ones.
  const all = found.data?.flatMap(({ milestones }) => milestones) ?? [];
  const columns = new Map(all.map(({ milestone, label }) => [milestone, label]));
  if (found.error) return <Failure error={found.error} onRetry={() => found.refetch()} />;
  if (columns.size === 0) return null;
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
              <th scope="col">{t("residentColumn")}</th>
              {[...columns].map(([key, label]) => (
                <th key={key} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.data?.map(({ id, name, milestones }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                {[...columns.keys()].map((key) => {
                  const milestone = milestones.find((each) => each.milestone === key);
                  return (
                    <td key={key} className={milestone?.low === null ? "small muted" : undefined}>
                      {milestone ? describeMilestone(milestone) : "–"}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
