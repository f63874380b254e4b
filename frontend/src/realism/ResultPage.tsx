import { useEffect, useRef, useState } from "react";
import type { RealismImage, RealismReading } from "../api/types";
import { t } from "../i18n/translate";
import { viewLabel } from "../viewer/hanging";
import { formatNumber } from "../ui/format";
import { Link } from "../ui/Link";
import { Notice } from "../ui/Notice";
import { Page } from "../ui/Page";
import { Cues, Figures } from "./Figures";
import { MixedImage } from "./MixedImage";
import { creditOf } from "./RealismPage";
import { stepOf } from "./scale";

const BACK_KEYS = [["Enter, Esc", "backToResult"]] as const;

/** A reader's own result, and every image with what it was. */
export function ResultPage({ reading }: { readonly reading: RealismReading }) {
  const [shown, setShown] = useState<string | null>(null);
  const [seen, setSeen] = useState<string | null>(null);
  const { result, images, cues } = reading;
  const again = images.find(({ id }) => id === shown);
  if (again?.view) {
    return <Again image={again} count={images.length} onBack={() => {
          setShown(null);
          setSeen(again.id);
        }} />;
  }
  if (!result) return null;
  const { real, synthetic } = result;
  return (
    <Page title={t("yourResult")} intro={t("realismImages", { real, synthetic })}>
      {reading.removed && <Notice tone="warning">{t("realismRemoved")}</Notice>}
      <section className="panel stack" aria-label={t("yourResult")}>
        {result.enough ? (
          <Figures found={result}>
            <div className="figure">
              <dt>{t("realismMedianTime")}</dt>
              <dd>{t("secondsShort", { n: formatNumber(medianSeconds(images), 0) })}</dd>
            </div>
          </Figures>
        ) : (
          <p>{t("realismTooFewOwn", { images: result.least.images })}</p>
        )}
        {cues && <Cues cues={cues} />}
      </section>
      <section className="stack" aria-labelledby="images-title">
        <h2 id="images-title">{t("imageByImage")}</h2>
        {!reading.removed && <p className="muted">{t("imageByImageIntro")}</p>}
        <ol className="realism-images">
          {images.map((image) => (
            <li key={image.id}>
              <Told image={image} isBack={image.id === seen} onLook={() => setShown(image.id)} />
            </li>
          ))}
        </ol>
      </section>
      <p className="muted small">
        {t("realismCredits")}: {reading.licences.map(creditOf).join("; ")}
      </p>
      <p className="row">
        <Link to="/real-or-synthetic">{t("realOrSynthetic")}</Link>
        <Link to="/model-card">{t("pageModelCard")}</Link>
      </p>
    </Page>
  );
}

function medianSeconds(images: readonly RealismImage[]): number {
  const seconds = images.flatMap(({ truth }) => (truth ? [truth.seconds] : [])).sort((a, b) => a - b);
  return seconds[Math.floor(seconds.length / 2)] ?? 0;
}

function Told({
  image,
  isBack,
  onLook,
}: {
  readonly image: RealismImage;
  /** Whether the reader comes back from it: there the page goes on. */
  readonly isBack: boolean;
  readonly onLook: () => void;
}) {
  const { number, truth, view } = image;
  const look = useRef<HTMLButtonElement | null>(null);
  useEffect(() => {
    if (isBack) look.current?.focus();
  }, [isBack]);
  return (
    <>
      {view?.preview_url && (
        <button
          ref={look}
          type="button"
          className="realism-look"
          aria-label={t("lookAtImage", { number })}
          onClick={onLook}
        >
          <img src={view.preview_url} alt="" loading="lazy" width={112} height={144} />
        </button>
      )}
      <p className="small">
        <span className="muted numeric">
          {number}
          {view && ` ${viewLabel(view.key)}`}
        </span>
        {truth && <Truth truth={truth} />}
      </p>
    </>
  );
}

function Truth({ truth }: { readonly truth: NonNullable<RealismImage["truth"]> }) {
  return (
    <>
      <b className={`state ${truth.rightly ? "is-good is-done" : "is-bad"}`}>
        {t(truth.real ? "itWasReal" : "itWasSynthetic")}
      </b>
      <span className="muted">{t("youSaid", { answer: t(stepOf(truth.rating).label) })}</span>
    </>
  );
}

/** An image once more, with what it was. */
function Again({
  image,
  count,
  onBack,
}: {
  readonly image: RealismImage;
  readonly count: number;
  readonly onBack: () => void;
}) {
  if (!image.view) return null;
  const heading = t("imageCount", { number: image.number, n: count });
  const leave = (event: KeyboardEvent): boolean => {
    if (event.key !== "Escape" && event.key !== "Enter") return false;
    onBack();
    return true;
  };
  return (
    <MixedImage view={image.view} heading={heading} keys={BACK_KEYS} onKey={leave}>
      {() => (
        <div className="side-scroll">
          <h2>{heading}</h2>
          {image.truth && (
            <p className="realism-told">
              <Truth truth={image.truth} />
            </p>
          )}
          <button type="button" className="button" onClick={onBack}>
            {t("backToResult")}
          </button>
        </div>
      )}
    </MixedImage>
  );
}
