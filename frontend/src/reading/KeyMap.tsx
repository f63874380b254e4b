import type { Key } from "../i18n/en";
import { t, translateLabel } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { VIEWER_KEYS, type ViewerCommand } from "../viewer/keys";

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

type Command = ViewerCommand["do"];

/** The one key of the images that is of no use once the answers are in, and the one before. */
const PLACE: readonly Command[] = ["place"];
const LESIONS: readonly Command[] = ["lesions"];

export function KeyMap({
  onClose,
  reading,
  own = reading ? READING_KEYS : FEEDBACK_KEYS,
  idle = reading ? LESIONS : PLACE,
}: {
  readonly onClose: () => void;
  readonly reading: boolean;
  /** The page's own keys, where they are neither of reading nor of feedback. */
  readonly own?: readonly (readonly [keys: string, label: Key])[];
  /** What the keys of the images would do that the page has no use for. */
  readonly idle?: readonly Command[];
}) {
  const images = VIEWER_KEYS.filter(
    ({ keys, command }) => !idle.includes(command(keys[0] ?? "", false).do),
  );
  return (
    <Dialog title={t("keys")} wide onClose={onClose}>
      <p className="muted small">{t("keysIntro")}</p>
      <dl className="keys">
        {images.map(({ shown, label }) => (
          <Row key={shown} keys={translateLabel(shown)} label={translateLabel(label)} />
        ))}
        {own.map(([keys, label]) => (
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
