import type { Ability } from "../api/types";
import { abilityDomain, linearScale } from "./scale";

export interface Reader {
  readonly id: number | string;
  readonly name: string;
  readonly abilities: readonly Ability[];
}

const NAME_WIDTH = 150;
const PANEL_WIDTH = 176;
const PANEL_GAP = 22;
const ROW_HEIGHT = 30;
const TOP = 30;
const BOTTOM = 26;

/**
 * Abilities of a cohort: a dot with its 95 % interval per reader, a panel per competency.
 * Drawn as SVG by ourselves, since Observable Plot adds a style element that the site's
 * content security policy refuses.
 */
export function AbilityChart({ readers }: { readonly readers: readonly Reader[] }) {
  const competencies = readers[0]?.abilities ?? [];
  const all = readers.flatMap(({ abilities }) => abilities.flatMap(({ low, high }) => [low, high]));
  const domain = abilityDomain(all);
  const width = NAME_WIDTH + competencies.length * (PANEL_WIDTH + PANEL_GAP);
  const height = TOP + readers.length * ROW_HEIGHT + BOTTOM;
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label="Abilities with 95 % intervals, by competency and reader. The table below holds the same numbers."
    >
      {readers.map(({ id, name }, row) => (
        <text key={id} x={0} y={TOP + (row + 0.5) * ROW_HEIGHT + 4} className="name">
          {name}
        </text>
      ))}
      {competencies.map(({ competency, label }, index) => (
        <Panel
          key={competency}
          left={NAME_WIDTH + index * (PANEL_WIDTH + PANEL_GAP)}
          label={label}
          domain={domain}
          abilities={readers.map(({ abilities }) => abilities[index])}
        />
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
      {abilities.map(
        (ability, row) =>
          ability && (
            <g key={row}>
              <line
                x1={scale.at(ability.low)}
                x2={scale.at(ability.high)}
                y1={TOP + (row + 0.5) * ROW_HEIGHT}
                y2={TOP + (row + 0.5) * ROW_HEIGHT}
                className={`range${ability.enough ? "" : " is-few"}`}
              />
              <circle
                cx={scale.at(ability.mean)}
                cy={TOP + (row + 0.5) * ROW_HEIGHT}
                r={4.5}
                className={`dot${ability.enough ? "" : " is-few"}`}
              />
            </g>
          ),
      )}
    </g>
  );
}

export const AbilityLegend = () => (
  <p className="legend">
    <span>● estimate with 95 % interval</span>
    <span>○ dashed: fewer answers than the minimum, mostly prior</span>
    <span>0 is the average beginner; +1 is one standard deviation above</span>
  </p>
);
