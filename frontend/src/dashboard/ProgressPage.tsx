import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getProgress } from "../api/requests";
import { Segments } from "../reading/Segments";
import {
  describeCriterion,
  formatEstimate,
  formatMinutes,
  percent,
  prevalenceText,
  signed,
} from "../ui/format";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";
import type { AbilityCourse, AbilityLevel, SessionMode } from "../api/types";
import { AbilityTable } from "./AbilityTable";
import { HistoryChart } from "./HistoryChart";
import { HistoryTable } from "./HistoryTable";
import { ProportionFigure } from "./Proportion";

const LEVELS: Readonly<Record<AbilityLevel, string>> = {
  unknown: "Not known yet",
  learning: "Learning",
  near: "Near the goal",
  reached: "Goal reached",
};

function describeGoal({ target, chance }: AbilityCourse): string {
  const goal = `Goal ${signed(target)}`;
  return chance === null ? `${goal}.` : `${goal}, reached with a probability of ${percent(chance)}.`;
}

// Never one figure of several: what each asks for differs.
const MODES: readonly { readonly value: SessionMode; readonly label: string }[] = [
  { value: "practice", label: "Practice" },
  { value: "assessment", label: "Assessment" },
];

/** A reader's own progress. */
export function ProgressPage() {
  const [mode, setMode] = useState<SessionMode>("practice");
  const progress = useQuery({
    queryKey: ["progress", mode],
    queryFn: () => getProgress(mode),
    placeholderData: keepPreviousData,
  });
  const { data } = progress;
  return (
    <Page
      title="My progress"
      intro="Every figure with its uncertainty. Below a minimum of readings there is no number."
    >
      {progress.error && <Failure error={progress.error} onRetry={() => progress.refetch()} />}
      {progress.isPending && <Loading what="your progress" />}
      <Segments question="Figures of" segments={MODES} value={mode} onChange={setMode} />
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
            <div className="figure">
              <dt>Time reading</dt>
              <dd>{formatMinutes(data.minutes)}</dd>
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
            <p>
              <b>Next goal.</b> {data.next_goal}
            </p>
            <div className="columns">
              {data.abilities.map((ability) => (
                <figure key={ability.competency} className="panel stack">
                  <figcaption>
                    <h3>{ability.label}</h3>
                    <p className="small">
                      <b className={`level is-${ability.level}`}>{LEVELS[ability.level]}</b>{" "}
                      <span className="muted">{describeGoal(ability)}</span>
                    </p>
                    <p className="muted small">{formatEstimate(ability)}</p>
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
              <HistoryTable abilities={data.abilities} />
            </details>
            <p className="muted small">
              {describeCriterion(data.criterion)} Criterion: {formatEstimate(data.criterion)}; above
              0 you mark more readily than most, below 0 less.
            </p>
          </section>
        </>
      )}
    </Page>
  );
}
