import { useId, useState } from "react";
import { useMe } from "../api/queries";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { formatDay } from "../ui/format";
import { FEWEST_PX_PER_MM, keepDisplay, MOST_PX_PER_MM, putOffCheck, readDisplay } from "./display";
import { GreySteps } from "./GreySteps";
import "./display.css";

/** A bank card is as long everywhere (ISO/IEC 7810, ID-1). */
const CARD_MM = { width: 85.6, height: 53.98 };
/** Where the outline of a card is wider than this page's dialog, the bar alone is shown. */
const WIDEST_PX = 580;

/** Grey steps to look at, and the size of a centimetre to set. */
export function DisplayCheck({ onClose }: { readonly onClose: (cssPxPerMm: number) => void }) {
  const me = useMe();
  const [before] = useState(() => readDisplay());
  const [scale, setScale] = useState(before.cssPxPerMm);
  const [problem, setProblem] = useState(false);
  const slider = useId();
  const fits = CARD_MM.width * scale <= WIDEST_PX;
  function keep(): void {
    if (!me.data) return;
    if (keepDisplay(me.data.id, scale, new Date())) onClose(scale);
    else setProblem(true);
  }
  function leave(): void {
    if (me.data && before.checked === null) putOffCheck(me.data.id, new Date());
    onClose(readDisplay().cssPxPerMm);
  }
  return (
    <Dialog title={t("displayCheck")} onClose={leave}>
      <div className="display-check">
        <GreySteps />
        <p className="small">{t("displaySteps")}</p>
        <div
          className={fits ? "card-outline" : undefined}
          style={fits ? { width: CARD_MM.width * scale, height: CARD_MM.height * scale } : undefined}
        >
          <span className="centimetre" style={{ width: 10 * scale }}>
            {t("centimetre")}
          </span>
        </div>
        <label htmlFor={slider} className="small">
          {t(fits ? "displayCard" : "displayBar")}
        </label>
        <input
          id={slider}
          type="range"
          min={FEWEST_PX_PER_MM}
          max={MOST_PX_PER_MM}
          step={0.02}
          value={scale}
          aria-valuetext={t("displayPoints", { n: (10 * scale).toFixed(0) })}
          onChange={(event) => setScale(Number(event.target.value))}
        />
        <p className="small muted">
          {before.checked
            ? t("displayCheckedOn", { day: formatDay(before.checked) })
            : t("displayNeverChecked")}
        </p>
        {problem && (
          <p className="is-bad small" role="alert">
            {t("displayNotKept")}
          </p>
        )}
        <div className="actions">
          <button type="button" className="button is-primary" disabled={!me.data} onClick={keep}>
            {t("displayKeep")}
          </button>
          <button type="button" className="button" onClick={leave}>
            {t("close")}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
