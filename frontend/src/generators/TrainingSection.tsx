import type { CardTraining } from "../api/types";
import { CardTable } from "./CardTable";
import { CurveChart } from "./CurveChart";
import { Facts } from "./Facts";

/** How the weights came about: facts, curves, settings. */
export function TrainingSection({ training }: { readonly training: CardTraining }) {
  const { facts, series, settings } = training;
  return (
    <section className="stack card-section" aria-labelledby="training">
      <h2 id="training">How it was trained</h2>
      <Facts rows={facts} />
      {series.length > 0 && (
        <>
          <p className="muted">
            Networks compete: one paints, others tell painted from real. No curve says how good the
            images are; they show that neither side won outright.
          </p>
          <div className="columns">
            {series.map((one) => (
              <figure key={one.key} className="panel stack">
                <figcaption>
                  <h3>{one.label}</h3>
                  <p className="muted small">{one.sentence}</p>
                </figcaption>
                <CurveChart series={one} />
              </figure>
            ))}
          </div>
          <details>
            <summary>The curves as a table</summary>
            <CurveTable training={training} />
          </details>
        </>
      )}
      {settings && (
        <details>
          <summary>Settings of the training</summary>
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
    <div className="table-wrap" role="region" aria-label="Curves of the training" tabIndex={0}>
      <table className="numeric">
        <caption>Median of each stretch of steps that ends at the step named</caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
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
