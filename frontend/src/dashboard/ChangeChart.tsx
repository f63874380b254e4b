import type { CohortTests } from "../api/types";
import { t } from "../i18n/translate";
import { formatNumber } from "../ui/format";
import { MEASURES } from "./cohort";
import { linearScale } from "./scale";

type Row = CohortTests["change"]["measures"][number];

const WIDTH = 760;
const LABEL_WIDTH = 170;
const ROW_HEIGHT = 46;
const TOP = 8;
const RIGHT = 20;
const APART = 8;

/** Before and after of each measure, one above the other, with intervals on a scale of 0 to 1. */
export function ChangeChart({ rows }: { readonly rows: readonly Row[] }) {
  const scale = linearScale([0, 1], [LABEL_WIDTH, WIDTH - RIGHT], 0.2);
  const bottom = TOP + rows.length * ROW_HEIGHT;
  return (
    <svg
      className="chart is-bounded"
      viewBox={`0 0 ${WIDTH} ${bottom + 26}`}
      role="img"
      aria-label={t("cohortChangeChart")}
    >
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line x1={scale.at(tick)} x2={scale.at(tick)} y1={TOP} y2={bottom} className="grid" />
          <text x={scale.at(tick)} y={bottom + 18} textAnchor="middle">
            {formatNumber(tick, 1)}
          </text>
        </g>
      ))}
      {rows.map(({ measure, before, after }, index) => {
        const y = TOP + (index + 0.5) * ROW_HEIGHT;
        return (
          <g key={measure}>
            <text x={0} y={y + 4} className="name">
              {t(MEASURES[measure])}
            </text>
            {before && (
              <g className="before">
                <line x1={scale.at(before.low)} x2={scale.at(before.high)} y1={y - APART} y2={y - APART} className="range" />
                <circle cx={scale.at(before.value)} cy={y - APART} r={4.5} className="dot" />
              </g>
            )}
            {after && (
              <g>
                <line x1={scale.at(after.low)} x2={scale.at(after.high)} y1={y + APART} y2={y + APART} className="range" />
                <circle cx={scale.at(after.value)} cy={y + APART} r={4.5} className="dot" />
              </g>
            )}
          </g>
        );
      })}
    </svg>
  );
}
