import type { AbilityCourse, Interval } from "../api/types";
import { t } from "../i18n/translate";
import { formatDay } from "../ui/format";
import { abilityDomain, linearScale } from "./scale";

const WIDTH = 340;
const HEIGHT = 150;
const LEFT = 30;
const BOTTOM = 22;

/** One ability over the readings so far, with its 95 % band. */
export function HistoryChart({ ability }: { readonly ability: AbilityCourse }) {
  const history = ability.history;
  const values = [ability.target, ...history.flatMap(({ low, high }) => [low, high])];
  const y = linearScale(abilityDomain(values), [HEIGHT - BOTTOM, 10]);
  const x = linearScale([0, Math.max(1, history.length - 1)], [LEFT + 6, WIDTH - 10]);
  const path = (pick: (index: number) => number): string =>
    history.map((_entry, index) => `${x.at(index).toFixed(1)} ${pick(index).toFixed(1)}`).join("L");
  const none = { mean: 0, low: 0, high: 0 };
  const at = (index: number): Interval => history[index] ?? none;
  const up = path((index) => y.at(at(index).high));
  const down = history
    .map((_entry, index) => history.length - 1 - index)
    .map((index) => `${x.at(index).toFixed(1)} ${y.at(at(index).low).toFixed(1)}`)
    .join("L");
  const last = history.at(-1);
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t("courseOf", { label: ability.label, n: history.length })}
    >
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={LEFT}
            x2={WIDTH - 4}
            y1={y.at(tick)}
            y2={y.at(tick)}
            className={tick === 0 ? "zero" : "grid"}
          />
          <text x={LEFT - 6} y={y.at(tick) + 4} textAnchor="end">
            {tick > 0 ? `+${tick}` : tick}
          </text>
        </g>
      ))}
      <line
        x1={LEFT}
        x2={WIDTH - 4}
        y1={y.at(ability.target)}
        y2={y.at(ability.target)}
        className="goal"
      />
      <text x={WIDTH - 6} y={y.at(ability.target) - 4} textAnchor="end">
        {t("goalLine")}
      </text>
      {history.length > 1 && <path d={`M${up}L${down}Z`} className="band" />}
      {history.length > 1 && (
        <path d={`M${path((index) => y.at(at(index).mean))}`} className="trend" />
      )}
      {last && <circle cx={x.at(history.length - 1)} cy={y.at(last.mean)} r={4.5} className="dot" />}
      <text x={LEFT} y={HEIGHT - 4}>
        {history[0] ? formatDay(history[0].at) : ""}
      </text>
      <text x={WIDTH - 4} y={HEIGHT - 4} textAnchor="end">
        {t("answersCount", { n: ability.n })}
      </text>
    </svg>
  );
}
