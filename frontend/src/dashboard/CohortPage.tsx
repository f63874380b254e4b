import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { cohortCsvUrl, getCohortReport, getCohorts } from "../api/requests";
import type { CohortReport } from "../api/types";
import { formatDay, formatEstimate, prevalenceText } from "../ui/format";
import { Failure, Loading, Notice } from "../ui/Notice";
import { Page } from "../ui/Page";
import { AbilityChart, AbilityLegend } from "./AbilityChart";
import { AbilityTable } from "./AbilityTable";
import { ProportionCell } from "./Proportion";

/** Who is where in a cohort: one table, one chart. */
export function CohortPage() {
  const cohorts = useQuery({ queryKey: ["cohorts"], queryFn: getCohorts });
  const [chosen, setChosen] = useState<number | null>(null);
  const first = cohorts.data?.[0];
  const id = chosen ?? first?.id ?? null;
  const report = useQuery({
    queryKey: ["cohort-report", id],
    queryFn: () => getCohortReport(id as number),
    enabled: id !== null,
  });
  const error = cohorts.error ?? report.error;
  return (
    <Page
      title="Cohort"
      intro="Each resident's readings, decisions and abilities, with 95 % intervals."
      actions={
        id !== null && (
          <>
            {(cohorts.data?.length ?? 0) > 1 && (
              <div className="field">
                <label htmlFor="cohort">Cohort</label>
                <select id="cohort" value={id} onChange={(event) => setChosen(Number(event.target.value))}>
                  {cohorts.data?.map((cohort) => (
                    <option key={cohort.id} value={cohort.id}>
                      {cohort.name}
                    </option>
                  ))}
                </select>
              </div>
            )}
            <a className="button" href={cohortCsvUrl(id)} download>
              Download CSV
            </a>
          </>
        )
      }
    >
      {error && <Failure error={error} onRetry={() => cohorts.refetch()} />}
      {cohorts.data?.length === 0 && <Notice>There is no cohort yet. Add one with its people.</Notice>}
      {(cohorts.isPending || report.isLoading) && <Loading what="the cohort" />}
      {report.data && <Report report={report.data} />}
    </Page>
  );
}

function Report({ report }: { readonly report: CohortReport }) {
  const prevalence = prevalenceText(report.prevalence);
  if (report.residents.length === 0) {
    return <Notice>No resident belongs to {report.cohort.name} yet.</Notice>;
  }
  return (
    <>
      <section className="stack" aria-labelledby="readings-title">
        <h2 id="readings-title">{report.cohort.name}: readings and decisions</h2>
        <div className="table-wrap">
          <table>
            <thead>
              <tr>
                <th scope="col">Resident</th>
                <th scope="col">Readings</th>
                <th scope="col">Last read</th>
                <th scope="col">Sensitivity</th>
                <th scope="col">Specificity</th>
                <th scope="col">Criterion (95 %)</th>
              </tr>
            </thead>
            <tbody>
              {report.residents.map((resident) => (
                <tr key={resident.id}>
                  <th scope="row">{resident.name}</th>
                  <td className="numeric">{resident.readings}</td>
                  <td>{formatDay(resident.last_read_at)}</td>
                  <ProportionCell proportion={resident.sensitivity} />
                  <ProportionCell proportion={resident.specificity} />
                  <td className="numeric">{formatEstimate(resident.criterion)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p className="muted small">
          {prevalence} Sensitivity and specificity appear from {report.minimum_n} cases on.
          Readings, sensitivity and specificity are of this institution; abilities and the criterion
          take in whatever a resident read elsewhere.
        </p>
      </section>
      <figure className="stack" aria-labelledby="chart-title">
        <h2 id="chart-title">Abilities by competency</h2>
        <AbilityLegend />
        <AbilityChart readers={report.residents} />
        <details>
          <summary>The same as a table</summary>
          <AbilityTable caption="Abilities with 95 % intervals" rows={report.residents} />
        </details>
      </figure>
    </>
  );
}
