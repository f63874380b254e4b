import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getProgress } from "../api/requests";
import { Segments } from "../reading/Segments";
import type { Key } from "../i18n/en";
import { t } from "../i18n/translate";
import { formatEstimate, formatMinutes, prevalenceText, signed, surely } from "../ui/format";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";
import type { AbilityCourse, AbilityLevel, SessionMode } from "../api/types";
import { AbilityTable } from "./AbilityTable";
import { HistoryChart } from "./HistoryChart";
import { HistoryTable } from "./HistoryTable";
import { MasterySection } from "./MasterySection";
import { MilestoneSection } from "./MilestoneTable";
import { ProportionFigure } from "./Proportion";

const LEVELS = {
  unknown: "levelUnknown",
  learning: "levelLearning",
  near: "levelNear",
  reached: "levelReached",
} as const satisfies Record<AbilityLevel, Key>;

function describeGoal({ target, chance }: AbilityCourse): string {
  const goal = signed(target);
  return chance === null ? t("goalOf", { goal }) : t("goalChance", { goal, chance: surely(chance) });
}

/** A reader's own progress. */
export function ProgressPage() {
  const [mode, setMode] = useState<SessionMode>("practice");
  const progress = useQuery({
    queryKey: ["progress", mode],
    queryFn: () => getProgress(mode),
    placeholderData: keepPreviousData,
  });
  const { data } = progress;
  // Never one figure of several: what each asks for differs.
  const modes: readonly { readonly value: SessionMode; readonly label: string }[] = [
    { value: "practice", label: t("modePractice") },
    { value: "assessment", label: t("modeAssessment") },
  ];
  return (
    <Page title={t("pageProgress")} intro={t("progressIntro")}>
      {progress.error && <Failure error={progress.error} onRetry={() => progress.refetch()} />}
      {progress.isPending && <Loading />}
      <div className="figures-of">
        <Segments question={t("figuresOf")} segments={modes} value={mode} onChange={setMode} />
      </div>
      {data && (
        <>
          <dl className="figures">
            <div className="figure">
              <dt>{t("readingsLabel")}</dt>
              <dd>{data.readings}</dd>
              <dd className="small">{t("daysInARow", { n: data.streak_days })}</dd>
            </div>
            <div className="figure">
              <dt>{t("timeReading")}</dt>
              <dd>{formatMinutes(data.minutes)}</dd>
            </div>
            <ProportionFigure label={t("sensitivity")} proportion={data.sensitivity} />
            <ProportionFigure label={t("specificity")} proportion={data.specificity} />
            <ProportionFigure label={t("recallRate")} proportion={data.recall_rate} />
          </dl>
          {prevalenceText(data.prevalence) && (
            <p className="muted small">{prevalenceText(data.prevalence)}</p>
          )}
          <MasterySection
            mastery={data.mastery}
            criterion={data.criterion}
            minimum={data.minimum_n}
          />
          <MilestoneSection milestones={data.milestones} />
          <section className="stack" aria-labelledby="abilities">
            <h2 id="abilities">{t("abilities")}</h2>
            <p>
              <b>{t("nextGoal")}</b> {data.next_goal}
            </p>
            <div className="columns">
              {data.abilities.map((ability) => (
                <figure key={ability.competency} className="panel stack">
                  <figcaption>
                    <h3>{ability.label}</h3>
                    <p className="small">
                      <b className={`level is-${ability.level}`}>{t(LEVELS[ability.level])}</b>{" "}
                      <span className="muted">{describeGoal(ability)}</span>
                    </p>
                    <p className="muted small">{formatEstimate(ability)}</p>
                  </figcaption>
                  <HistoryChart ability={ability} />
                </figure>
              ))}
            </div>
            <details>
              <summary>{t("sameAsTable")}</summary>
              <div className="stack">
                <AbilityTable
                  caption={t("abilitiesNow")}
                  rows={[{ name: t("you"), abilities: data.abilities }]}
                />
                <HistoryTable abilities={data.abilities} />
              </div>
            </details>
            <p className="muted small">{t("abilityScale")}</p>
          </section>
        </>
      )}
    </Page>
  );
}
