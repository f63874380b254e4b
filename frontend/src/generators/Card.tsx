import type { ModelCard } from "../api/types";
import { currentLanguage, t } from "../i18n/translate";
import { READERS, ReadersSection } from "../realism/ReadersSection";
import { CARD_LANGUAGE } from "./language";
import { Failures } from "./Failures";
import { MeasuredSection } from "./MeasuredSection";
import { TextBlocks } from "./TextBlocks";
import { TrainingSection } from "./TrainingSection";

/** A model card, the verdict first. */
export function Card({ card }: { readonly card: ModelCard }) {
  return (
    <>
      {currentLanguage() !== CARD_LANGUAGE && <p className="muted">{t("cardLanguage")}</p>}
      <Verdict card={card} />
      <Contents card={card} />
      <MeasuredSection id="evaluation" measured={card.evaluation} />
      <ReadersSection readers={card.readers} />
      <MeasuredSection id="audit" measured={card.audit} />
      <Failures card={card} />
      <div className="card-sections">
        {card.sections.map((section, index) => (
          <section
            key={section.title}
            className="stack"
            aria-labelledby={sectionId(index)}
            lang={CARD_LANGUAGE}
          >
            <h2 id={sectionId(index)}>{section.title}</h2>
            <TextBlocks blocks={section.blocks} />
          </section>
        ))}
      </div>
      <TrainingSection training={card.training} />
    </>
  );
}

const sectionId = (index: number): string => `section-${index}`;

/** A long page's way to its parts. */
function Contents({ card }: { readonly card: ModelCard }) {
  const parts: readonly (readonly [id: string, title: string])[] = [
    ["evaluation", card.evaluation.title],
    [READERS, t("readersFound")],
    ["audit", card.audit.title],
    ["failures", t("knownFailures")],
    ...card.sections.map(({ title }, index) => [sectionId(index), title] as const),
    ["training", t("howTrained")],
  ];
  return (
    <nav aria-label={t("onThisPage")}>
      <ul className="card-contents">
        {parts.map(([id, title]) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Verdict({ card }: { readonly card: ModelCard }) {
  const { good_for, not_for, realism } = card.verdict;
  return (
    <section className="panel stack card-verdict" aria-labelledby="verdict">
      <h2 id="verdict" className="visually-hidden">
        {t("threeSentences")}
      </h2>
      <dl>
        <div>
          <dt>{t("goodFor")}</dt>
          <dd lang={CARD_LANGUAGE}>{good_for}</dd>
        </div>
        <div>
          <dt>{t("notGoodFor")}</dt>
          <dd lang={CARD_LANGUAGE}>{not_for}</dd>
        </div>
        <div>
          <dt>{t("howFar")}</dt>
          <dd lang={CARD_LANGUAGE}>{realism}</dd>
        </div>
      </dl>
      <p className="muted small">
        {card.version
          ? t("weightsOfVersion", { name: card.name, version: card.version })
          : t("weightsOf", { name: card.name })}{" "}
        <code className="hash">{card.sha256}</code>
      </p>
    </section>
  );
}
