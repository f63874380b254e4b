import type { ModelCard } from "../api/types";
import { Failures } from "./Failures";
import { MeasuredSection } from "./MeasuredSection";
import { TextBlocks } from "./TextBlocks";
import { TrainingSection } from "./TrainingSection";

/** A model card, the verdict first. */
export function Card({ card }: { readonly card: ModelCard }) {
  return (
    <>
      <Verdict card={card} />
      <Contents card={card} />
      <MeasuredSection id="evaluation" measured={card.evaluation} />
      <MeasuredSection id="audit" measured={card.audit} />
      <Failures card={card} />
      <div className="card-sections">
        {card.sections.map((section, index) => (
          <section key={section.title} className="stack" aria-labelledby={sectionId(index)}>
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
    ["audit", card.audit.title],
    ["failures", "Known failures"],
    ...card.sections.map(({ title }, index) => [sectionId(index), title] as const),
    ["training", "How it was trained"],
  ];
  return (
    <nav aria-label="On this page">
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
        In three sentences
      </h2>
      <dl>
        <div>
          <dt>Good for</dt>
          <dd>{good_for}</dd>
        </div>
        <div>
          <dt>Not good for</dt>
          <dd>{not_for}</dd>
        </div>
        <div>
          <dt>How far from real</dt>
          <dd>{realism}</dd>
        </div>
      </dl>
      <p className="muted small">
        Generator “{card.name}”{card.version && `, version ${card.version}`}, weights{" "}
        <code className="hash">{card.sha256}</code>
      </p>
    </section>
  );
}
