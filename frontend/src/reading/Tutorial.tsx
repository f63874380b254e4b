import { useState } from "react";

const STEPS = [
  {
    title: "Look",
    text:
      "Right and left hang back to back, CC over MLO. Turn the wheel to zoom at the pointer, drag to " +
      "set the window, press 1 to 4 or Space to step through the views, O for full resolution.",
  },
  {
    title: "Mark",
    text:
      "Click what you want to point out, or move the crosshair with the arrow keys and press M. Give " +
      "each mark a type and how sure you are. What you looked at and discarded, mark as dismissed.",
  },
  {
    title: "Answer",
    text:
      "Choose density and an assessment for each breast; recall follows. Your answers are saved as you " +
      "go. After submitting you see the truth at once, with the lesion on and off.",
  },
] as const;

/** Three steps on the first case; can be left at any moment. */
export function Tutorial({ onDone }: { readonly onDone: () => void }) {
  const [index, setIndex] = useState(0);
  const step = STEPS[index] ?? STEPS[0];
  const last = index === STEPS.length - 1;
  return (
    <section className="tutorial" aria-label="Tutorial">
      <h2>
        {step.title} <span className="muted small">step {index + 1} of 3</span>
      </h2>
      <p aria-live="polite">{step.text}</p>
      <div className="row">
        <button
          type="button"
          className="button is-primary"
          onClick={() => (last ? onDone() : setIndex(index + 1))}
        >
          {last ? "Start reading" : "Next"}
        </button>
        {index > 0 && (
          <button type="button" className="button" onClick={() => setIndex(index - 1)}>
            Back
          </button>
        )}
        <span className="spacer" />
        {!last && (
          <button type="button" className="button is-quiet" onClick={onDone}>
            Skip the tutorial
          </button>
        )}
      </div>
    </section>
  );
}
