import { useId, useState } from "react";
import { Dialog } from "../ui/Dialog";
import { FEWEST_PX_PER_MM, keepDisplay, MOST_PX_PER_MM, readDisplay } from "./display";
import "./display.css";

const STEPS = 12;
/** A bank card is as long everywhere (ISO/IEC 7810, ID-1). */
const CARD_MM = { width: 85.6, height: 53.98 };
/** Where the outline of a card is wider than this page's dialog, the bar alone is shown. */
const WIDEST_PX = 580;

/** Grey steps to look at, and the size of a centimetre to set. */
export function DisplayCheck({ onClose }: { readonly onClose: (cssPxPerMm: number) => void }) {
  const [scale, setScale] = useState(() => readDisplay().cssPxPerMm);
  const [problem, setProblem] = useState(false);
  const slider = useId();
  const fits = CARD_MM.width * scale <= WIDEST_PX;
  function keep(): void {
    const kept = keepDisplay({ cssPxPerMm: scale, checked: new Date().toISOString() });
    if (kept) onClose(scale);
    else setProblem(true);
  }
  return (
    <Dialog title="Check your display" lang="en" onClose={() => onClose(readDisplay().cssPxPerMm)}>
      <div className="display-check">
        <GreySteps />
        <p className="small">
          Every step should differ from the next, and the small square should show in the first and in
          the last. If not: dim the room, set the screen’s brightness and contrast anew, and look
          straight at it.
        </p>
        <div
          className={fits ? "card-outline" : undefined}
          style={fits ? { width: CARD_MM.width * scale, height: CARD_MM.height * scale } : undefined}
        >
          <span className="centimetre" style={{ width: 10 * scale }}>
            1 cm
          </span>
        </div>
        <label htmlFor={slider} className="small">
          {fits && "Hold a bank card to the screen and make the outline as large as it; or "}
          {fits ? "make" : "Make"} the bar one centimetre long by a ruler.
        </label>
        <input
          id={slider}
          type="range"
          min={FEWEST_PX_PER_MM}
          max={MOST_PX_PER_MM}
          step={0.02}
          value={scale}
          aria-valuetext={`${(10 * scale).toFixed(0)} screen points to a centimetre`}
          onChange={(event) => setScale(Number(event.target.value))}
        />
        {problem && (
          <p className="is-bad small" role="alert">
            This browser does not let the site keep the size. Allow it to store data for this site.
          </p>
        )}
        <div className="actions">
          <button type="button" className="button is-primary" onClick={keep}>
            Keep this size
          </button>
          <button
            type="button"
            className="button"
            onClick={() => onClose(readDisplay().cssPxPerMm)}
          >
            Close
          </button>
        </div>
      </div>
    </Dialog>
  );
}

/** From black to white; the first and the last hold a square that differs by 5 % of the range. */
function GreySteps() {
  return (
    <div
      className="grey-steps"
      role="img"
      aria-label="Twelve steps of grey from black to white; a faint square in the first and in the last"
    >
      {Array.from({ length: STEPS }, (_none, index) => {
        const grey = Math.round((255 * index) / (STEPS - 1));
        const inner = index === 0 ? 13 : index === STEPS - 1 ? 242 : grey;
        return (
          <span key={grey} style={{ background: `rgb(${grey} ${grey} ${grey})` }}>
            <i style={{ background: `rgb(${inner} ${inner} ${inner})` }} />
          </span>
        );
      })}
    </div>
  );
}
