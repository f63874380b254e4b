import type { CardTraining } from "../api/types";
import { t } from "../i18n/translate";
import { CardTable } from "./CardTable";
import { CurveChart } from "./CurveChart";
import { Facts } from "./Facts";
import { CARD_LANGUAGE } from "./language";

/** How the weights came about: facts, curves, settings. */
export function TrainingSection({ training }: { readonly training: CardTraining }) {
  const { facts, series, settings } = training;
  return (
    <section className="stack card-section" aria-labelledby="training">
      <h2 id="training">{t("howTrained")}</h2>
      <Facts rows={facts} />
      {series.length > 0 && (
        <>
          <p className="muted">
            {t("networksCompete")}
          </p>
          <div className="columns">
            {series.map((one) => (
              <figure key={one.key} className="panel stack">
                <figcaption lang={CARD_LANGUAGE}>
                  <h3>{one.label}</h3>
                  <p className="muted small">{one.sentence}</p>
                </figcaption>
                <CurveChart series={one} />
              </figure>
            ))}
          </div>
          <details>
            <summary>{t("curvesAsTable")}</summary>
            <CurveTable training={training} />
          </details>
        </>
      )}
      {settings && (
        <details>
          <summary>{t("trainingSettings")}</summary>
          <CardTable table={settings} />
        </details>
      )}
    </section>
  );
}

function CurveTable({ training: { series } }: { readonly training: CardTraining }) {
  const steps = [...new Set(series.flatMap(({ points }) => points.map(({ step }) => step)))];
  const values = series.map(({ points }) => new Map(points.map(({ step, value }) => [step, value])));
  return (
    <div className="table-wrap" role="region" aria-label={t("trainingCurves")} tabIndex={0}>
      <table className="numeric">
        <caption>{t("curveMedian")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("stepWord")}</th>
            {series.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps
            .sort((one, other) => one - other)
            .map((step) => (
              <tr key={step}>
                <th scope="row">{step}</th>
                {values.map((column, index) => (
                  <td key={index}>{column.get(step)?.toPrecision(3) ?? ""}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
