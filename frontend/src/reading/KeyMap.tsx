import { Dialog } from "../ui/Dialog";
import { VIEWER_KEYS } from "../viewer/keys";

const READING_KEYS = [
  ["Tab", "Through the marks, then the answers"],
  ["Arrow keys on a mark", "Move it by 1 mm"],
  ["Delete", "Remove the mark"],
  ["D", "Mark suspicious or dismissed"],
  ["K, Shift K", "Next or previous finding type of the mark"],
  ["L", "Link the mark with one in the other view"],
  ["E", "To what is said of the mark"],
  ["A", "To density, assessments and recall"],
  ["Ctrl Z, Ctrl Shift Z", "Undo the last change, or do it again"],
  ["Esc", "Back to the images"],
  ["Ctrl Enter", "Review the reading, then submit it"],
  ["T", "Show or hide the timer"],
] as const;

const FEEDBACK_KEYS = [["D, Shift D", "The next or previous density, where it was made"]] as const;

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
    <Dialog title="Keys" onClose={onClose}>
      <p className="muted small">
        They work while the images have the focus. Wheel: zoom at the pointer. Drag: window; with
        Shift or the middle button: pan; the right button does the other of the two. Shift and
        wheel: size of the loupe.
      </p>
      <dl className="keys">
        {VIEWER_KEYS.filter(({ shown }) => reading || shown !== PLACE_KEY).map((binding) => (
          <Row key={binding.shown} keys={binding.shown} label={binding.label} />
        ))}
        {(reading ? READING_KEYS : FEEDBACK_KEYS).map(([keys, label]) => (
          <Row key={keys} keys={keys} label={label} />
        ))}
      </dl>
      <button type="button" className="button" onClick={onClose}>
        Close
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
