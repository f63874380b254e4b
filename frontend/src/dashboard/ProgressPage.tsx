import { useQuery } from "@tanstack/react-query";
import { getProgress } from "../api/requests";
import { formatEstimate, prevalenceText } from "../ui/format";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";
import { AbilityTable } from "./AbilityTable";
import { HistoryChart } from "./HistoryChart";
import { ProportionFigure } from "./Proportion";

/** A reader's own progress. */
export function ProgressPage() {
  const progress = useQuery({ queryKey: ["progress"], queryFn: getProgress });
  const { data } = progress;
  return (
    <Page
      title="My progress"
      intro="Every figure with its uncertainty. Below a minimum of readings there is no number."
    >
      {progress.error && <Failure error={progress.error} onRetry={() => progress.refetch()} />}
      {progress.isPending && <Loading what="your progress" />}
      {data && (
        <>
          <dl className="figures">
            <div className="figure">
              <dt>Readings</dt>
              <dd>{data.readings}</dd>
              <dd className="small">
                {data.streak_days === 1 ? "1 day" : `${data.streak_days} days`} in a row
              </dd>
            </div>
            <ProportionFigure label="Sensitivity" proportion={data.sensitivity} />
            <ProportionFigure label="Specificity" proportion={data.specificity} />
            <ProportionFigure label="Recall rate" proportion={data.recall_rate} />
          </dl>
          {prevalenceText(data.prevalence) && (
            <p className="muted small">{prevalenceText(data.prevalence)}</p>
          )}
          <section className="stack" aria-labelledby="abilities">
            <h2 id="abilities">Abilities</h2>
            <div className="columns">
              {data.abilities.map((ability) => (
                <figure key={ability.competency} className="panel stack">
                  <figcaption>
                    <h3>{ability.label}</h3>
                    <p className="muted small">
                      {formatEstimate(ability)}
                    </p>
                  </figcaption>
                  <HistoryChart ability={ability} />
                </figure>
              ))}
            </div>
            <details>
              <summary>The same as a table</summary>
              <AbilityTable
                caption="Abilities now, with 95 % intervals"
                rows={[{ name: "You", abilities: data.abilities }]}
              />
            </details>
            <p className="muted small">
              Criterion: {formatEstimate(data.criterion)}. Above 0 you mark more readily than most,
              below 0 less.
            </p>
          </section>
        </>
      )}
    </Page>
  );
}
