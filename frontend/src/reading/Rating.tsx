import { useId, useState } from "react";
import { t } from "../i18n/translate";
import { keepScale, RATING_STEPS, ratingOf, readScale, stepOf, type Scale } from "./rating";
import { Segments } from "./Segments";

/** How sure the reader is, on the scale that the reader prefers. */
export function Rating({
  value,
  onChange,
}: {
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  const [scale, setScale] = useState(readScale);
  const other: Scale = scale === "five" ? "hundred" : "five";
  const change = (): void => {
    keepScale(other);
    setScale(other);
  };
  return (
    <div className="rating-choice">
      {scale === "five" ? (
        <Steps value={value} onChange={onChange} />
      ) : (
        <Slider value={value} onChange={onChange} />
      )}
      <button type="button" className="button is-quiet small" onClick={change}>
        {t(other === "five" ? "inFiveSteps" : "from0To100")}
      </button>
    </div>
  );
}

interface Props {
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Steps({ value, onChange }: Props) {
  const names = [t("ratingStep1"), t("ratingStep2"), t("ratingStep3"), t("ratingStep4"), t("ratingStep5")];
  const step = stepOf(value);
  return (
    <Segments
      question={t("suspicion")}
      segments={RATING_STEPS.map((each, index) => ({
        value: each,
        label: each,
        title: names[index] ?? "",
      }))}
      value={step}
      hint={names[RATING_STEPS.indexOf(step)]}
      onChange={(chosen) => onChange(ratingOf(chosen))}
    />
  );
}

function Slider({ value, onChange }: Props) {
  const id = useId();
  const take = (text: string): void => {
    const number = Math.round(Number(text));
    if (Number.isFinite(number)) onChange(Math.min(100, Math.max(0, number)));
  };
  return (
    <div className="field">
      <label htmlFor={id}>{t("confidence")}</label>
      <div className="rating">
        <input
          id={id}
          type="range"
          min={0}
          max={100}
          value={value}
          onChange={(event) => take(event.target.value)}
        />
        <input
          type="number"
          min={0}
          max={100}
          value={value}
          aria-label={t("confidenceNumber")}
          onChange={(event) => take(event.target.value)}
        />
      </div>
    </div>
  );
}
