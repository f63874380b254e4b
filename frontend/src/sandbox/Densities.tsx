import type { Density, LadderStep, SandboxPreview } from "../api/types";
import { isComing } from "../feedback/ladder";
import { t } from "../i18n/translate";
import { percent } from "../ui/format";
import type { StepsControl } from "./useSteps";

/** The same in other densities, and what only the network can draw: made by the worker. */
export function Densities({
  own,
  now,
  control,
}: {
  readonly own: Density;
  readonly now: SandboxPreview;
  readonly control: StepsControl;
}) {
  const { steps, shown, busy, problem, want, showOwn } = control;
  const atOnce = now.at_once;
  const failed = steps.find(({ state }) => state === "failed");
  return (
    <section className="stack" aria-labelledby="density-title">
      <h2 id="density-title">{t("inDensities")}</h2>
      <div className="row densities" role="group" aria-labelledby="density-title">
        {steps.map((step) => {
          const isOwn = step.density === own;
          const here = shown ? shown.density === step.density : isOwn && atOnce;
          return (
            <button
              key={step.density}
              type="button"
              className="button ladder-step"
              aria-pressed={here}
              disabled={busy || isComing(step) || (step.state === "absent" && step.reason !== "")}
              title={step.reason || undefined}
              onClick={() => (isOwn && atOnce ? showOwn() : want(step.density))}
            >
              {step.density}
              {tellState(step, isOwn && atOnce)}
            </button>
          );
        })}
      </div>
      <p className={problem || failed ? "small is-bad" : "small muted"} role="status">
        {problem ?? failed?.reason ?? tellProgress(steps, atOnce)}
      </p>
    </section>
  );
}

function tellState(step: LadderStep, atOnce: boolean): string {
  if (atOnce || step.state === "done") return "";
  if (step.state === "running") return ` ${percent(step.progress)}`;
  return isComing(step) ? " …" : "";
}

function tellProgress(steps: readonly LadderStep[], atOnce: boolean): string {
  const running = steps.find(({ state }) => state === "running");
  if (running) return t("makingInDensity", { density: running.density });
  if (steps.some(isComing)) return t("waitingToBeMade");
  return t(atOnce ? "densitiesAreMade" : "showsWhenMade");
}
