import { useId, useState } from "react";
import type { SandboxKind, SandboxPreview } from "../api/types";
import { t } from "../i18n/translate";
import { Segments } from "../reading/Segments";
import { lesionOf, type Kind } from "./steps";
import { settle, standing, typeIn, type Typed } from "./typed";
import type { SandboxControl } from "./useSandbox";

const NONE = "";
const SIDES = [
  { value: "right", label: "R" },
  { value: "left", label: "L" },
] as const;

/** What is placed: its kind, its size, its words. */
export function FindingForm({
  control,
  kinds,
  kind,
  onKind,
}: {
  readonly control: SandboxControl;
  readonly kinds: readonly SandboxKind[];
  /** What a click places where there is nothing yet. */
  readonly kind: Kind;
  readonly onKind: (kind: Kind) => void;
}) {
  const { now, act } = control;
  const { lesion } = now;
  const placed = kinds.find(({ key }) => key === lesion?.kind);
  const groups = [...new Set(kinds.map(({ group_label }) => group_label))];
  const id = useId();
  function choose(value: string): void {
    if (value === NONE) return act({ do: "set", lesion: null, side: now.side });
    onKind(value as Kind);
    if (lesion) act({ do: "set", lesion: null, side: now.side });
    act({ do: "draw", kind: value as Kind });
  }
  return (
    <section className="stack" aria-labelledby="finding-title">
      <h2 id="finding-title">{t("ownFinding")}</h2>
      <Segments
        question={t("whichBreast")}
        segments={SIDES.map(({ value, label }) => ({
          value,
          label,
          title: t(value === "left" ? "leftBreast" : "rightBreast"),
        }))}
        value={now.side}
        onChange={(side) =>
          act({ do: "set", lesion: lesion && { ...lesionOf(lesion), side }, side })
        }
      />
      <div className="field">
        <label htmlFor={id}>{t("kindOfFinding")}</label>
        <select id={id} value={lesion?.kind ?? NONE} onChange={(event) => choose(event.target.value)}>
          <option value={NONE}>{t("nothingPlaced")}</option>
          {groups.map((group) => (
            <optgroup key={group} label={group}>
              {kinds
                .filter(({ group_label }) => group_label === group)
                .map(({ key, label, at_once }) => (
                  <option key={key} value={key}>
                    {at_once ? label : t("whenMade", { kind: label })}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </div>
      {!lesion && (
        <p className="small muted">
          {t("howToPlace", { kind: kinds.find(({ key }) => key === kind)?.label ?? kind })}
        </p>
      )}
      {lesion && placed && <Words control={control} lesion={lesion} kind={placed} />}
      {lesion && <Follows now={now} lesion={lesion} />}
    </section>
  );
}

type Lesion = NonNullable<SandboxPreview["lesion"]>;

function Words({
  control: { act, busy },
  lesion,
  kind,
}: {
  readonly control: SandboxControl;
  readonly lesion: Lesion;
  readonly kind: SandboxKind;
}) {
  const [low = 0, high = 0] = kind.size_mm;
  const [faint = 0, strong = 0] = kind.contrast;
  const [fewest = 0, most = 0] = kind.count ?? [];
  const counted = lesion.count ?? null;
  return (
    <>
      <div className="pair">
        {kind.descriptors.map(({ key, label, values }) => (
          <Choice
            key={key}
            label={label}
            values={values}
            value={lesion.descriptors[key] ?? ""}
            // A count belongs to its words: with others, the usual number comes anew.
            onChange={(value) =>
              act({
                do: "change",
                what: { descriptors: { ...lesion.descriptors, [key]: value }, count: null },
              })
            }
          />
        ))}
      </div>
      <Slider
        label={t("sizeMm")}
        title={kind.size_means}
        low={low}
        high={high}
        step={0.5}
        value={lesion.size_mm}
        busy={busy}
        onChange={(size_mm) => act({ do: "change", what: { size_mm } })}
      />
      <Slider
        label={t("strength")}
        title={t("strengthMeans")}
        low={faint}
        high={strong}
        step={0.05}
        value={lesion.contrast}
        busy={busy}
        onChange={(contrast) => act({ do: "change", what: { contrast } })}
      />
      {counted !== null && (
        <Slider
          label={t("particles")}
          low={fewest}
          high={most}
          step={1}
          value={counted}
          busy={busy}
          onChange={(count) => act({ do: "change", what: { count } })}
        />
      )}
    </>
  );
}

/** What follows: category, place, and how hard it should be to find. */
function Follows({ now, lesion }: { readonly now: SandboxPreview; readonly lesion: Lesion }) {
  const { tier, low, high } = now.expected;
  const outwards = Math.round(lesion.lateral_mm);
  const up = Math.round(lesion.superior_mm);
  const place = [
    t("mmDeep", { mm: Math.round(lesion.depth_mm) }),
    t(outwards < 0 ? "mmInwards" : "mmOutwards", { mm: Math.abs(outwards) }),
    t(up < 0 ? "mmDown" : "mmUp", { mm: Math.abs(up) }),
  ].join(", ");
  return (
    <dl className="follows small">
      <dt>{t("assessment")}</dt>
      <dd>{lesion.assessment}</dd>
      <dt>{t("placeInBreast")}</dt>
      <dd>{place}</dd>
      <dt>{t("expectedTier")}</dt>
      <dd>
        {tier}
        {low < high && <span className="muted"> {t("tierRange", { low, high })}</span>}
      </dd>
    </dl>
  );
}

function Choice({
  label,
  values,
  value,
  onChange,
}: {
  readonly label: string;
  readonly values: SandboxKind["descriptors"][number]["values"];
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {values.map((each) => (
          <option key={each.key} value={each.key}>
            {each.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Slider({
  label,
  title,
  low,
  high,
  step,
  value,
  busy,
  onChange,
}: {
  readonly label: string;
  readonly title?: string;
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly value: number;
  /** Whether the server still works at what was asked. */
  readonly busy: boolean;
  readonly onChange: (value: number) => void;
}) {
  const id = useId();
  const range = { low, high };
  const [last, setTyped] = useState<Typed | null>(null);
  const typed = standing(last, value, busy);
  const type = (text: string): void => {
    const next = typeIn(text, range);
    setTyped(next);
    if (next.asked !== null) onChange(next.asked);
  };
  /** What was typed is left: it goes where the range allows, or back to what it was. */
  const leave = (): void => {
    if (typed?.asked !== null) return;
    const number = settle(typed.text, range);
    setTyped(number === null ? null : { text: String(number), asked: number });
    if (number !== null) onChange(number);
  };
  return (
    <div className="field" title={title}>
      <label htmlFor={id}>{label}</label>
      <div className="rating is-wide">
        <input
          id={id}
          type="range"
          min={low}
          max={high}
          step={step}
          value={typed?.asked ?? value}
          onChange={(event) => type(event.target.value)}
        />
        <input
          type="number"
          min={low}
          max={high}
          step={step}
          value={typed?.text ?? value}
          aria-label={t("asNumber", { what: label })}
          onChange={(event) => type(event.target.value)}
          onBlur={leave}
          onKeyDown={(event) => {
            if (event.key === "Enter") leave();
          }}
        />
      </div>
    </div>
  );
}
