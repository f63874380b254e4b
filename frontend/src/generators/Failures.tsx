import type { CardFailure, ModelCard } from "../api/types";
import { t } from "../i18n/translate";
import { Notice } from "../ui/Notice";
import { CARD_LANGUAGE } from "./language";
import { TextBlocks } from "./TextBlocks";

/** What goes wrong in its images, with a picture of each. */
export function Failures({ card }: { readonly card: ModelCard }) {
  const { failures, failures_standing: standing } = card;
  return (
    <section className="stack card-section" aria-labelledby="failures">
      <h2 id="failures">{t("knownFailures")}</h2>
      {failures.length === 0 ? (
        <Notice tone="warning">{t("noFailuresNamed")}</Notice>
      ) : standing.state === "measured" ? (
        <p className="muted" lang={CARD_LANGUAGE}>
          {standing.said}
        </p>
      ) : (
        <Notice tone="warning">{standing.said}</Notice>
      )}
      <div className="failures">
        {failures.map((failure) => (
          <Failure key={failure.title} failure={failure} />
        ))}
      </div>
    </section>
  );
}

function Failure({ failure }: { readonly failure: CardFailure }) {
  const { picture } = failure;
  return (
    <article
      lang={CARD_LANGUAGE}
      className={`panel failure${picture?.url ? " has-picture" : ""}`}
    >
      {picture?.url && (
        <img
          src={picture.url}
          alt={picture.alt}
          width={picture.width}
          height={picture.height}
          loading="lazy"
        />
      )}
      <div className="stack">
        <h3>{failure.title}</h3>
        <TextBlocks blocks={failure.blocks} />
        {picture && !picture.url && (
          <p className="muted small">{t("pictureInPackage")}</p>
        )}
      </div>
    </article>
  );
}
