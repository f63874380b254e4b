import { t, translateLabel } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { VIEWER_KEYS } from "../viewer/keys";

const SANDBOX_KEYS = [
  ["sandboxArrows", "sandboxArrowsDo"],
  ["sandboxAltArrows", "sandboxAltArrowsDo"],
  ["Delete", "sandboxDelete"],
  ["X", "sandboxOutline"],
  ["Ctrl Z, Ctrl Shift Z", "keyUndo"],
  ["Esc", "keyEscape"],
] as const;

/** The keys of the sandbox, and those of the viewer that go on as they are. */
export function SandboxKeys({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={t("keys")} onClose={onClose}>
      <dl className="keys">
        {SANDBOX_KEYS.map(([keys, label]) => (
          <Row key={keys} keys={keys.startsWith("sandbox") ? t(keys as "sandboxArrows") : keys} label={t(label)} />
        ))}
        {VIEWER_KEYS.filter(({ shown }) => shown !== "P, Shift P").map(({ shown, label }) => (
          <Row key={shown} keys={translateLabel(shown)} label={translateLabel(label)} />
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
