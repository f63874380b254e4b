import { useId } from "react";

export interface Segment<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly title?: string;
  readonly disabled?: boolean;
}

/** One question with a few answers, as radio buttons in a row. */
export function Segments<V extends string>({
  id,
  question,
  segments,
  value,
  onChange,
  hint,
}: {
  /** Where to find it, for what leads there. */
  readonly id?: string;
  readonly question: string;
  readonly segments: readonly Segment<V>[];
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  readonly hint?: string | undefined;
}) {
  const name = useId();
  return (
    <fieldset className="question" id={id}>
      <legend>
        {question}
        {hint && <b>{hint}</b>}
      </legend>
      <div className="segments">
        {segments.map((segment) => (
          <label key={segment.value} title={segment.title}>
            <input
              type="radio"
              name={name}
              value={segment.value}
              checked={segment.value === value}
              disabled={segment.disabled}
              aria-label={segment.title ? `${segment.label}, ${segment.title}` : segment.label}
              onChange={() => onChange(segment.value)}
            />
            <span aria-hidden="true">{segment.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
