import { t, translateLabel } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { VIEWER_KEYS } from "../viewer/keys";

const READING_KEYS = [
  ["Tab", "keyTab"],
  ["keyArrows", "keyArrowsDo"],
  ["Delete", "keyDelete"],
  ["D", "keyDismiss"],
  ["K, Shift K", "keyKind"],
  ["L", "keyLink"],
  ["E", "keyEdit"],
  ["A", "keyAnswers"],
  ["Ctrl Z, Ctrl Shift Z", "keyUndo"],
  ["Esc", "keyEscape"],
  ["Ctrl Enter", "keyReview"],
  ["T", "keyTimer"],
] as const;

const FEEDBACK_KEYS = [["D, Shift D", "keyDensity"]] as const;

/** The one key of the images that is of no use once the answers are in. */
const PLACE_KEY = "M";

export function KeyMap({
  onClose,
  reading,
}: {
  readonly onClose: () => void;
  readonly reading: boolean;
}) {
  return (
    <Dialog title={t("keys")} onClose={onClose}>
      <p className="muted small">
        {t("keysIntro")}
      </p>
      <dl className="keys">
        {VIEWER_KEYS.filter(({ shown }) => reading || shown !== PLACE_KEY).map((binding) => (
          <Row key={binding.shown} keys={translateLabel(binding.shown)} label={translateLabel(binding.label)} />
        ))}
        {(reading ? READING_KEYS : FEEDBACK_KEYS).map(([keys, label]) => (
          <Row key={keys} keys={keys === "keyArrows" ? t(keys) : keys} label={t(label)} />
        ))}
      </dl>
      <button type="button" className="button" onClick={onClose}>
        {t("close")}
      </button>
    </Dialog>
  );
}

const Row = ({ keys, label }: { readonly keys: string; readonly label: string }) => (
  <>
    <dt>
      <kbd>{keys}</kbd>
    </dt>
    <dd>{label}</dd>
  </>
);
