import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { viewSources } from "../api/views";
import type { RealismImage, RealismReading } from "../api/types";
import { t } from "../i18n/translate";
import { makeId } from "../reading/make-id";
import { SignInAgain } from "../reading/SaveStatus";
import { Link } from "../ui/Link";
import { prefetch } from "../viewer/loader";
import type { SendState } from "./answer-keeper";
import { MixedImage } from "./MixedImage";
import { STEPS } from "./scale";
import { Stopwatch } from "./stopwatch";
import { useAnswers } from "./useAnswers";

const ANSWER_KEYS = [
  ["1 2 3 4 5 6", "keySteps"],
  ["Enter", "keyAnswer"],
] as const;

/** The images one by one; each answer is kept at once and sent on its own. */
export function RealismRoom({
  reading,
  onFinish,
}: {
  readonly reading: RealismReading;
  readonly onFinish: () => void;
}) {
  const { answered, state, answer } = useAnswers(reading.id);
  const left = reading.images.filter((image) => !image.answered && !answered.includes(image.id));
  const [current, next] = left;
  const done = !current && state.kind !== "saving";
  const finish = useEffectEvent(onFinish);
  // What was refused may mean that the test is another now: the server is asked.
  const refused = state.kind === "refused";
  useEffect(() => {
    if (refused) finish();
  }, [refused]);
  useEffect(() => {
    if (done && state.kind !== "offline" && state.kind !== "signed-out" && state.kind !== "refused") finish();
  }, [done, state.kind]);
  useEffect(() => {
    if (next?.view) prefetch(viewSources({ views: [next.view], prior: null }));
  }, [next]);
  if (!current) {
    return (
      <main id="content" className="room-message" tabIndex={-1}>
        <h1>{t("realOrSynthetic")}</h1>
        <p role="status">{t("realismSending")}</p>
        <Sending state={state} />
      </main>
    );
  }
  return (
    <OneImage
      key={current.id}
      image={current}
      count={reading.images.length}
      state={state}
      onAnswer={(rating, seconds) =>
        answer({ key: makeId(), image: current.id, rating, seconds })
      }
    />
  );
}

function OneImage({
  image,
  count,
  state,
  onAnswer,
}: {
  readonly image: RealismImage;
  readonly count: number;
  readonly state: SendState;
  readonly onAnswer: (rating: number, seconds: number) => void;
}) {
  const [rating, setRating] = useState<number | null>(null);
  const [watch] = useState(() => new Stopwatch());
  const start = useCallback(() => watch.begin(document.hidden), [watch]);
  useEffect(() => {
    const look = (): void => watch.look(document.hidden);
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [watch]);
  const send = (): boolean => {
    if (rating === null) return false;
    onAnswer(rating, Math.round(watch.seconds * 1000) / 1000);
    return true;
  };
  const take = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const step = STEPS.find(({ key }) => key === event.key);
    if (step) setRating(step.rating);
    // Enter places marks elsewhere: here it does nothing until an answer is chosen.
    else if (event.key === "Enter") send();
    else return false;
    return true;
  };
  const onWindowKey = useEffectEvent((event: KeyboardEvent) => {
    // On the image the viewer asks first; a dialog keeps its keys, and a button or link its Enter.
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const own = event.target instanceof HTMLElement && event.target.closest("a, button, select, input");
    if (event.key === "Enter" && own) return;
    if (take(event)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onWindowKey(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
  if (!image.view) return null;
  const heading = t("imageCount", { number: image.number, n: count });
  return (
    <MixedImage view={image.view} heading={heading} keys={ANSWER_KEYS} onKey={take} onReady={start}>
      {() => (
        <>
          <div className="side-scroll">
            <h2>{heading}</h2>
            <progress className="realism-progress" value={image.number - 1} max={count} aria-label={heading} />
            <form
              id="realism-answer"
              onSubmit={(event) => {
                event.preventDefault();
                send();
              }}
            >
              <Scale rating={rating} onChange={setRating} />
            </form>
            <p className="muted small">{t("realismKeys")}</p>
          </div>
          <div className="side-foot">
            <Sending state={state} />
            <button
              type="submit"
              form="realism-answer"
              className="button is-primary"
              disabled={rating === null}
            >
              {t("answerAndGoOn")}
            </button>
            <Link to="/real-or-synthetic" className="small">
              {t("back")}
            </Link>
          </div>
        </>
      )}
    </MixedImage>
  );
}

function Scale({
  rating,
  onChange,
}: {
  readonly rating: number | null;
  readonly onChange: (rating: number) => void;
}) {
  return (
    <fieldset className="realism-scale">
      <legend>{t("realismQuestion")}</legend>
      {STEPS.map((step) => (
        <label key={step.rating}>
          <input
            type="radio"
            name="rating"
            value={step.rating}
            checked={rating === step.rating}
            onChange={() => onChange(step.rating)}
          />
          <kbd aria-hidden="true">{step.key}</kbd>
          <span>{t(step.label)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Whether the answers are safe, in words. */
function Sending({ state }: { readonly state: SendState }) {
  return (
    <div role="status">
      <p className={`save-state is-${state.kind === "refused" ? "failed" : state.kind}`} data-save-state={state.kind}>
        {state.kind === "saved" && t("realismSaved")}
        {state.kind === "saving" && t("realismSaving")}
        {state.kind === "offline" && t("realismKept", { n: state.waiting })}
        {state.kind === "signed-out" && t("realismKeptSignedOut", { n: state.waiting })}
        {state.kind === "refused" && t("realismRefused", { reason: state.reason })}
      </p>
      {state.kind === "signed-out" && <SignInAgain />}
    </div>
  );
}
