import { t } from "../i18n/translate";

const STEPS = 12;

/** From black to white; the first and the last hold a square that differs by 5 % of the range. */
export function GreySteps() {
  return (
    <div className="grey-steps" role="img" aria-label={t("displayStepsSeen")}>
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
