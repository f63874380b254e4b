import { useState } from "react";
import { t } from "../i18n/translate";
import type { Viewer } from "../viewer/viewer";
import { isCheckDue, putOffCheck } from "./display";
import { DisplayCheck } from "./DisplayCheck";

/** Offers the display check to who reads at this screen for the first time. */
export function DisplayOffer({
  person,
  viewer,
}: {
  readonly person: number;
  readonly viewer: Viewer | null;
}) {
  const [due, setDue] = useState(() => isCheckDue(person, new Date()));
  const [checking, setChecking] = useState(false);
  if (!due) return null;
  const end = (): void => {
    setDue(false);
    viewer?.focus();
  };
  const putOff = (): void => {
    putOffCheck(person, new Date());
    end();
  };
  return (
    <section className="notice stack" aria-labelledby="display-offer">
      <h2 id="display-offer">{t("displayCheck")}</h2>
      <p className="small">{t("displayOffer")}</p>
      <div className="row">
        <button type="button" className="button is-primary" onClick={() => setChecking(true)}>
          {t("displayNow")}
        </button>
        <button type="button" className="button" onClick={putOff}>
          {t("displayLater")}
        </button>
      </div>
      {checking && (
        <DisplayCheck
          onClose={(cssPxPerMm) => {
            viewer?.setTrueSize(cssPxPerMm);
            end();
          }}
        />
      )}
    </section>
  );
}
