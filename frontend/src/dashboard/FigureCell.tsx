import { t } from "../i18n/translate";
import { write, writeInterval, type Kind, type Shown } from "./cohort";

/** A figure over its interval and what it rests on; without enough of that, a sentence and n. */
export function FigureCell({
  figure,
  kind,
  rest,
}: {
  readonly figure: Shown;
  readonly kind: Kind;
  /** What it rests on, such as "n = 12". */
  readonly rest: string;
}) {
  const interval = writeInterval(figure, kind);
  return (
    <td className="numeric">
      {figure.value === null ? (
        <span className="muted">{t("notEnoughReadings")}</span>
      ) : (
        write(figure.value, kind)
      )}
      <br />
      <span className="muted small">
        {interval && <span className="unbroken">{interval},</span>} <span className="unbroken">{rest}</span>
      </span>
    </td>
  );
}
