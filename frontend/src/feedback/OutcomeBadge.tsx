import type { Tone } from "../viewer/overlay";

/** A word with its shape: tick, cross, dash or ring. */
export function OutcomeBadge({ tone, word }: { readonly tone: Tone; readonly word: string }) {
  const paths: Readonly<Record<Tone, string>> = {
    hit: "M3 8l4 4 7-8",
    mark: "M3 8l4 4 7-8",
    miss: "M3 3l10 10M13 3L3 13",
    false: "M3 3h10v10H3z",
    dismissed: "M2 8h12",
    truth: "M8 2a6 6 0 100 12A6 6 0 008 2z",
  };
  const quality = tone === "hit" ? "is-good" : tone === "miss" || tone === "false" ? "is-bad" : "";
  return (
    <span className={`outcome ${quality}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={paths[tone]} />
      </svg>
      {word}
    </span>
  );
}
