import type { CardStrip } from "../api/types";
import { t } from "../i18n/translate";
import { axisAround, tickText } from "./axis";

const WIDTH = 340;
const LEFT = 22;
const TOP = 34;
const ROW = 34;
const BOTTOM = 24;

/** One measure: where each set lies between real against real and the limits set beforehand. */
export function StripChart({ strip }: { readonly strip: CardStrip }) {
  const limits = [
    { name: t("limitReal"), value: strip.floor, className: "floor" },
    { name: t("limitWished"), value: strip.stretch, className: "stretch" },
    { name: t("limitBar"), value: strip.bar, className: "limit" },
  ].flatMap(({ value, ...rest }) => (value === null ? [] : [{ ...rest, value }]));
  const values = [...limits, ...strip.marks].map(({ value }) => value);
  const held = strip.origin === null ? values : [strip.origin, ...values];
  const axis = axisAround(held, [LEFT, WIDTH - LEFT]);
  const bottom = TOP + strip.marks.length * ROW;
  return (
    <svg
      className="chart strip"
      viewBox={`0 0 ${WIDTH} ${bottom + BOTTOM}`}
      role="img"
      aria-label={t(strip.better === "lower" ? "stripLower" : "stripHigher", { label: strip.label })}
    >
      <AllowedRange strip={strip} at={axis.at} bottom={bottom} />
      {axis.ticks.map((tick) => (
        <g key={tick}>
          <line x1={axis.at(tick)} x2={axis.at(tick)} y1={TOP} y2={bottom} className="grid" />
          <text x={axis.at(tick)} y={bottom + 17} textAnchor="middle">
            {tickText(tick, axis.step)}
          </text>
        </g>
      ))}
      {limits.map(({ name, value, className }, index) => (
        <g key={name}>
          <line x1={axis.at(value)} x2={axis.at(value)} y1={TOP - 6} y2={bottom} className={className} />
          {/* Names of limits that lie close together take turns in height. */}
          <text
            x={axis.at(value)}
            y={index % 2 ? TOP - 22 : TOP - 10}
            textAnchor={anchor(axis.at(value))}
            className="limit-name"
          >
            {name}
          </text>
        </g>
      ))}
      {strip.marks.map((mark, row) => {
        const x = axis.at(mark.value);
        const y = TOP + row * ROW + 24;
        return (
          <g key={mark.label}>
            <circle cx={x} cy={y} r={5} className={`dot is-${mark.outcome}`} />
            <text x={x} y={y - 10} textAnchor={anchor(x)} className="name">
              {mark.label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** The side of the bar on which a value is good enough. */
function AllowedRange({
  strip,
  at,
  bottom,
}: {
  readonly strip: CardStrip;
  readonly at: (value: number) => number;
  readonly bottom: number;
}) {
  const edge = at(strip.bar);
  const [from, to] = strip.better === "lower" ? [LEFT, edge] : [edge, WIDTH - LEFT];
  return <rect x={from} y={TOP} width={Math.max(0, to - from)} height={bottom - TOP} className="allowed" />;
}

/** Text near an edge of the picture turns inwards. */
const anchor = (x: number): "start" | "middle" | "end" =>
  x < 70 ? "start" : x > WIDTH - 70 ? "end" : "middle";

export const StripLegend = () => (
  <p className="legend">
    <span>● {t("legendWithin")}</span>
    <span>○ {t("legendBeyond")}</span>
    <span>{t("legendShaded")}</span>
    <span>{t("legendReal")}</span>
    <span>{t("legendWished")}</span>
  </p>
);
