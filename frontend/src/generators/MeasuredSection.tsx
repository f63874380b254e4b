import type { Measured } from "../api/types";
import { t } from "../i18n/translate";
import { formatMoment } from "../ui/format";
import { Notice } from "../ui/Notice";
import { CardTable } from "./CardTable";
import { Facts } from "./Facts";
import { CARD_LANGUAGE } from "./language";
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
      <h2 id={id} lang={CARD_LANGUAGE}>
        {measured.title}
      </h2>
      <p className="muted" lang={CARD_LANGUAGE}>{measured.intro}</p>
      {standing.state !== "measured" ? (
        <Notice tone="warning">{standing.said}</Notice>
      ) : (
        <>
          {measured.answer && (
            <p className="card-answer" lang={CARD_LANGUAGE}>
              {measured.answer}
            </p>
          )}
          <p className="small muted">
            <span lang={CARD_LANGUAGE}>{standing.said}</span> {tellMaking(standing)}
          </p>
          {measured.strips.length > 0 && (
            <>
              <StripLegend />
              <div className="columns">
                {measured.strips.map((strip) => (
                  <figure key={strip.key} className="panel stack">
                    <figcaption lang={CARD_LANGUAGE}>
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
            <ul className="bullets small muted" lang={CARD_LANGUAGE}>
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

function tellMaking({ made, version }: Measured["standing"]): string {
  if (made && version) return t("madeOnBy", { when: formatMoment(made), version });
  if (made) return t("madeOn", { when: formatMoment(made) });
  return version ? t("madeBy", { version }) : "";
}
