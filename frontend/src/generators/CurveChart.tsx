import type { CardSeries } from "../api/types";
import { t } from "../i18n/translate";
import { axisAround, tickText } from "./axis";

const WIDTH = 340;
const HEIGHT = 150;
const LEFT = 44;
const BOTTOM = 22;

/** One loss over the steps of the training. */
export function CurveChart({ series }: { readonly series: CardSeries }) {
  const steps = series.points.map(({ step }) => step);
  const y = axisAround(
    series.points.map(({ value }) => value),
    [HEIGHT - BOTTOM, 10],
  );
  const x = axisAround([0, ...steps], [LEFT, WIDTH - 22]);
  const path = series.points
    .map(({ step, value }) => `${x.at(step).toFixed(1)} ${y.at(value).toFixed(1)}`)
    .join("L");
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t("curveOver", { label: series.label })}
    >
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={WIDTH - 4} y1={y.at(tick)} y2={y.at(tick)} className="grid" />
          <text x={LEFT - 6} y={y.at(tick) + 4} textAnchor="end">
            {tickText(tick, y.step)}
          </text>
        </g>
      ))}
      {x.ticks.map((tick) => (
        <text key={tick} x={x.at(tick)} y={HEIGHT - 5} textAnchor="middle">
          {tickText(tick, x.step)}
        </text>
      ))}
      <path d={`M${path}`} className="trend" />
    </svg>
  );
}
