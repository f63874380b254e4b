import type { Discrimination, RealismCues } from "../api/types";
import type { Key } from "../i18n/en";
import { t } from "../i18n/translate";
import { formatNumber, percent } from "../ui/format";

/** The figures of a test with their intervals, the verdict first; or that there is not enough. */
export function Figures({
  found,
  children,
}: {
  readonly found: Discrimination;
  readonly children?: React.ReactNode;
}) {
  const { area, correct, equivalence, verdict } = found;
  if (!area || !correct || !equivalence || !verdict) return null;
  return (
    <>
      <p className="card-answer" data-verdict={verdict}>
        {tellVerdict(verdict, equivalence)}
      </p>
      <dl className="figures">
        <div className="figure">
          <dt>{t("realismArea")}</dt>
          <dd>{formatNumber(area.value, 2)}</dd>
          <dd className="small">
            {t("interval95", { low: formatNumber(area.low, 2), high: formatNumber(area.high, 2) })}
          </dd>
          <dd className="small muted">{t("realismAreaMeans")}</dd>
        </div>
        <div className="figure">
          <dt>{t("realismCorrect")}</dt>
          <dd>{percent(correct.value)}</dd>
          <dd className="small">
            {t("interval95", { low: percent(correct.low), high: percent(correct.high) })}
          </dd>
        </div>
        {children}
      </dl>
    </>
  );
}

function tellVerdict(
  verdict: NonNullable<Discrimination["verdict"]>,
  { low, high, margin }: NonNullable<Discrimination["equivalence"]>,
): string {
  const words: Readonly<Record<typeof verdict, Key>> = {
    equivalent: "verdictEquivalent",
    told_apart: "verdictToldApart",
    undecided: "verdictUndecided",
  };
  return t(words[verdict], {
    margin: formatNumber(margin, 2),
    low: formatNumber(low, 2),
    high: formatNumber(high, 2),
  });
}

const CUES: readonly (readonly [keyof RealismCues, Key])[] = [
  ["size", "cueSize"],
  ["brightness", "cueBrightness"],
  ["contrast", "cueContrast"],
  ["file", "cueFile"],
];

/** How fair the test was: what each property alone would have told. */
export const Cues = ({ cues }: { readonly cues: RealismCues }) => (
  <details>
    <summary>{t("realismCues")}</summary>
    <p className="muted small">{t("realismCuesIntro")}</p>
    <dl className="facts">
      {CUES.map(([cue, label]) => (
        <div key={cue}>
          <dt>{t(label)}</dt>
          <dd className="numeric">{formatNumber(cues[cue], 2)}</dd>
        </div>
      ))}
    </dl>
  </details>
);
