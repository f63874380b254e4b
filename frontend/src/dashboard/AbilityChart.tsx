import type { Ability } from "../api/types";
import { t } from "../i18n/translate";
import { intervalOf } from "../ui/format";
import { abilityDomain, linearScale, type Scale } from "./scale";

export interface Reader {
  readonly id: number | string;
  readonly name: string;
  readonly abilities: readonly Ability[];
}

const NAME_WIDTH = 150;
const PANEL_WIDTH = 176;
const PANEL_GAP = 38;
const ROW_HEIGHT = 30;
const TOP = 30;
const BOTTOM = 26;
// More in a row would be drawn too small to read on a laptop.
const COLUMNS = 4;

/**
 * Abilities of a cohort: a dot with its 95 % interval per reader, a panel per competency.
 * Drawn as SVG by ourselves, since Observable Plot adds a style element that the site's
 * content security policy refuses.
 */
export function AbilityChart({ readers }: { readonly readers: readonly Reader[] }) {
  const competencies = readers[0]?.abilities ?? [];
  const all = readers.flatMap(({ abilities }) =>
    abilities.flatMap((ability) => Object.values(intervalOf(ability) ?? {}) as number[]),
  );
  const domain = abilityDomain(all);
  const columns = Math.min(COLUMNS, competencies.length);
  const bands = Math.ceil(competencies.length / COLUMNS);
  const band = TOP + readers.length * ROW_HEIGHT + BOTTOM;
  const width = NAME_WIDTH + columns * (PANEL_WIDTH + PANEL_GAP);
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${width} ${bands * band}`}
      role="img"
      aria-label={t("cohortAbilitiesChart")}
    >
      {Array.from({ length: bands }, (_none, number) => (
        <g key={number} transform={`translate(0 ${number * band})`}>
          {readers.map(({ id, name }, row) => (
            <text key={id} x={0} y={TOP + (row + 0.5) * ROW_HEIGHT + 4} className="name">
              {name}
            </text>
          ))}
        </g>
      ))}
      {competencies.map(({ competency, label }, index) => (
        <g key={competency} transform={`translate(0 ${Math.floor(index / COLUMNS) * band})`}>
          <Panel
            left={NAME_WIDTH + (index % COLUMNS) * (PANEL_WIDTH + PANEL_GAP)}
            label={label}
            domain={domain}
            abilities={readers.map(({ abilities }) => abilities[index])}
          />
        </g>
      ))}
    </svg>
  );
}

function Panel({
  left,
  label,
  domain,
  abilities,
}: {
  readonly left: number;
  readonly label: string;
  readonly domain: readonly [number, number];
  readonly abilities: readonly (Ability | undefined)[];
}) {
  const scale = linearScale(domain, [left, left + PANEL_WIDTH]);
  const bottom = TOP + abilities.length * ROW_HEIGHT;
  const goal = abilities[0]?.target;
  return (
    <g>
      <text x={left} y={16} className="name">
        {label}
      </text>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={scale.at(tick)}
            x2={scale.at(tick)}
            y1={TOP}
            y2={bottom}
            className={tick === 0 ? "zero" : "grid"}
          />
          <text x={scale.at(tick)} y={bottom + 18} textAnchor="middle">
            {tick > 0 ? `+${tick}` : tick}
          </text>
        </g>
      ))}
      {goal !== undefined && (
        <line x1={scale.at(goal)} x2={scale.at(goal)} y1={TOP} y2={bottom} className="goal" />
      )}
      {abilities.map(
        (ability, row) =>
          ability && (
            <Bar key={row} ability={ability} scale={scale} y={TOP + (row + 0.5) * ROW_HEIGHT} />
          ),
      )}
    </g>
  );
}

function Bar({
  ability,
  scale,
  y,
}: {
  readonly ability: Ability;
  readonly scale: Scale;
  readonly y: number;
}) {
  const interval = intervalOf(ability);
  if (!interval) {
    return (
      <text x={scale.at(0)} y={y + 4} textAnchor="middle" className="few">
        n = {ability.n}
      </text>
    );
  }
  const { mean, low, high } = interval;
  return (
    <>
      <line x1={scale.at(low)} x2={scale.at(high)} y1={y} y2={y} className="range" />
      <circle cx={scale.at(mean)} cy={y} r={4.5} className="dot" />
    </>
  );
}

export const AbilityLegend = () => (
  <p className="legend">
    <span>{t("cohortLegendEstimate")}</span>
    <span className="goal">{t("cohortLegendGoal")}</span>
    <span>{t("cohortLegendFew")}</span>
    <span>{t("cohortLegendScale")}</span>
  </p>
);
