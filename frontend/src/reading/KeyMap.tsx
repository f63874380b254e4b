import { t, translateLabel } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { VIEWER_KEYS } from "../viewer/keys";

const READING_KEYS = [
  ["Tab", "keyTab"],
  ["keyArrows", "keyArrowsDo"],
  ["keyDeleteKeys", "keyDelete"],
  ["D", "keyDismiss"],
  ["K, Shift K", "keyKind"],
  ["L", "keyLink"],
  ["E", "keyEdit"],
  ["A", "keyAnswers"],
  ["Ctrl Z, Ctrl Shift Z", "keyUndo"],
  ["Esc", "keyEscape"],
  ["Ctrl Enter", "keyReview"],
  ["T", "keyTimer"],
  ["?", "keyList"],
] as const;

const FEEDBACK_KEYS = [
  ["D, Shift D", "keyDensity"],
  ["Tab", "keyTabFeedback"],
  ["Esc", "keyEscape"],
  ["Ctrl Enter", "nextCase"],
  ["?", "keyList"],
] as const;

/** The one key of the images that is of no use once the answers are in, and the one before. */
const PLACE = "place";
const LESIONS = "lesions";

export function KeyMap({
  onClose,
  reading,
}: {
  readonly onClose: () => void;
  readonly reading: boolean;
}) {
  const idle = reading ? LESIONS : PLACE;
  const images = VIEWER_KEYS.filter(({ keys, command }) => command(keys[0] ?? "", false).do !== idle);
  return (
    <Dialog title={t("keys")} wide onClose={onClose}>
      <p className="muted small">{t("keysIntro")}</p>
      <dl className="keys">
        {images.map(({ shown, label }) => (
          <Row key={shown} keys={translateLabel(shown)} label={translateLabel(label)} />
        ))}
        {(reading ? READING_KEYS : FEEDBACK_KEYS).map(([keys, label]) => (
          <Row
            key={keys}
            keys={keys === "keyArrows" || keys === "keyDeleteKeys" ? t(keys) : translateLabel(keys)}
            label={t(label)}
          />
        ))}
      </dl>
      <button type="button" className="button" onClick={onClose}>
        {t("close")}
      </button>
    </Dialog>
  );
}

const Row = ({ keys, label }: { readonly keys: string; readonly label: string }) => (
  <div>
    <dt>
      <kbd>{keys}</kbd>
    </dt>
    <dd>{label}</dd>
  </div>
);
