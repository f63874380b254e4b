import { KeyMap } from "../reading/KeyMap";

export const SANDBOX_KEYS = [
  ["M or Enter", "sandboxPlace"],
  ["Arrow keys", "sandboxArrowsDo"],
  ["Alt and arrow keys", "sandboxAltArrowsDo"],
  ["keyDeleteKeys", "sandboxDelete"],
  ["X", "sandboxOutline"],
  ["Ctrl Z, Ctrl Shift Z", "keyUndo"],
  ["Esc", "keyEscape"],
  ["?", "keyList"],
] as const;

/** The finding is placed and moved by the page's own keys, and no case here has an exam before. */
const IDLE = ["place", "cross", "prior"] as const;

/** The keys of the sandbox, and those of the viewer that go on as they are. */
export const SandboxKeys = ({ onClose }: { readonly onClose: () => void }) => (
  <KeyMap reading={false} own={SANDBOX_KEYS} idle={IDLE} onClose={onClose} />
);
