import type { Measured } from "../api/types";
import { formatMoment } from "../ui/format";
import { Notice } from "../ui/Notice";
import { CardTable } from "./CardTable";
import { Facts } from "./Facts";
import { StripChart, StripLegend } from "./StripChart";

/** What one report says; of a report that is missing or of other weights, only that it is so. */
export function MeasuredSection({
  id,
  measured,
}: {
  readonly id: string;
  readonly measured: Measured;
}) {
  const { standing } = measured;
  return (
    <section className="stack card-section" aria-labelledby={id}>
      <h2 id={id}>{measured.title}</h2>
      <p className="muted">{measured.intro}</p>
      {standing.state !== "measured" ? (
        <Notice tone="warning">{standing.said}</Notice>
      ) : (
        <>
          {measured.answer && <p className="card-answer">{measured.answer}</p>}
          <p className="small muted">
            {standing.said} {standing.made && `Made on ${formatMoment(standing.made)}`}
            {standing.version && ` by version ${standing.version}`}.
          </p>
          {measured.strips.length > 0 && (
            <>
              <StripLegend />
              <div className="columns">
                {measured.strips.map((strip) => (
                  <figure key={strip.key} className="panel stack">
                    <figcaption>
                      <h3>{strip.label}</h3>
                      <p className="muted small">{strip.sentence}</p>
                    </figcaption>
                    <StripChart strip={strip} />
                  </figure>
                ))}
              </div>
            </>
          )}
          {measured.tables.map((table) => (
            <CardTable key={table.key} table={table} />
          ))}
          <Facts rows={measured.facts} />
          {measured.notes.length > 0 && (
            <ul className="bullets small muted">
              {measured.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}
