import { useState } from "react";
import { t } from "../i18n/translate";

const STEPS = [
  { title: "tutorialLook", text: "tutorialLookText" },
  { title: "tutorialMark", text: "tutorialMarkText" },
  { title: "tutorialAnswer", text: "tutorialAnswerText" },
] as const;

/** Three steps on the first case; can be left at any moment. */
export function Tutorial({ onDone }: { readonly onDone: () => void }) {
  const [index, setIndex] = useState(0);
  const step = STEPS[index] ?? STEPS[0];
  const last = index === STEPS.length - 1;
  return (
    <section className="tutorial" aria-label={t("tutorial")}>
      <h2>
        {t(step.title)} <span className="muted small">{t("tutorialStep", { n: index + 1 })}</span>
      </h2>
      <p aria-live="polite">{t(step.text)}</p>
      <div className="row">
        <button
          type="button"
          className="button is-primary"
          onClick={() => (last ? onDone() : setIndex(index + 1))}
        >
          {last ? t("startReading") : t("next")}
        </button>
        {index > 0 && (
          <button type="button" className="button" onClick={() => setIndex(index - 1)}>
            {t("back")}
          </button>
        )}
        <span className="spacer" />
        {!last && (
          <button type="button" className="button is-quiet" onClick={onDone}>
            {t("skipTutorial")}
          </button>
        )}
      </div>
    </section>
  );
}
