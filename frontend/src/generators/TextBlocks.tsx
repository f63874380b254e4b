import type { CardBlock } from "../api/types";

/** Paragraphs and lists of the hand-written part of a card, as text. */
export function TextBlocks({ blocks }: { readonly blocks: readonly CardBlock[] }) {
  return blocks.map((block, index) =>
    block.kind === "list" ? (
      <ul key={index} className="bullets">
        {block.items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    ) : (
      <p key={index}>{block.items.join(" ")}</p>
    ),
  );
}
