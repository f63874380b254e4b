import { useId } from "react";
import type { Limit } from "../api/types";
import { FieldError } from "./FieldError";

/** A number as it is typed; its bounds are the server's to refuse, by name. */
export function NumberField({
  label,
  limit,
  value,
  problem,
  hidden = false,
  describedBy,
  disabled = false,
  onChange,
}: {
  readonly label: string;
  readonly limit: Limit | undefined;
  readonly value: string;
  readonly problem: string | undefined;
  /** The label is for screen readers alone, where a column's head says the same. */
  readonly hidden?: boolean;
  readonly describedBy?: string;
  readonly disabled?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  const described = [describedBy, problem && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id} className={hidden ? "visually-hidden" : undefined}>
        {label}
      </label>
      <input
        id={id}
        type="number"
        inputMode="decimal"
        step={limit?.whole ? 1 : 0.05}
        min={limit?.lowest}
        max={limit?.highest}
        value={value}
        disabled={disabled}
        aria-invalid={problem ? true : undefined}
        aria-describedby={described || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      <FieldError id={`${id}-error`} problem={problem} />
    </div>
  );
}
