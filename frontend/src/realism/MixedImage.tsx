import { useEffect, useMemo, useState, type ReactNode } from "react";
import { viewSources } from "../api/views";
import type { ImageView } from "../api/types";
import type { Key } from "../i18n/en";
import { t } from "../i18n/translate";
import { KeyMap } from "../reading/KeyMap";
import { Toolbar } from "../reading/Toolbar";
import { useHungViews } from "../reading/useViewer";
import type { Viewer } from "../viewer/viewer";

/** Of no use for one image without marks, or taken by the answers. */
const IDLE = ["place", "hang", "next-view", "prior", "sync", "lesions"] as const;
/** One image of the test at full size, under the banner of mixed images, with what stands beside. */
export function MixedImage({
  view,
  heading,
  keys,
  onKey,
  onReady,
  children,
}: {
  readonly view: ImageView;
  readonly heading: string;
  /** What the page's own keys do, for the key map. */
  readonly keys: readonly (readonly [keys: string, label: Key])[];
  /** A key pressed on the image; true where it was taken. */
  readonly onKey: (event: KeyboardEvent, viewer: Viewer | null) => boolean;
  readonly onReady?: () => void;
  readonly children: (viewer: Viewer | null) => ReactNode;
}) {
  const [help, setHelp] = useState(false);
  const views = useMemo(() => viewSources({ views: [view], prior: null }), [view]);
  const { host, viewer, state } = useHungViews(
    views,
    null,
    {
      onKey: (event) => {
        if (event.key !== "?") return onKey(event, viewer);
        setHelp(true);
        return true;
      },
    },
    { notice: t("mixedImages"), picture: t("mammogram") },
  );
  const ready = state !== null && state.ready > 0;
  useEffect(() => {
    if (ready) onReady?.();
  }, [ready, onReady]);
  return (
    <main id="content" className="room" tabIndex={-1}>
      <h1 className="visually-hidden">{heading}</h1>
      <Toolbar viewer={viewer} state={state} hasPrior={false} onHelp={() => setHelp(true)} />
      <div className="stage-host" ref={host} />
      <aside className="side-panel" aria-label={t("realismTest")}>
        {children(viewer)}
      </aside>
      {help && (
        <KeyMap
          reading={false}
          own={[...keys, ["?", "keyList"]]}
          idle={IDLE}
          onClose={() => {
            setHelp(false);
            viewer?.focus();
          }}
        />
      )}
    </main>
  );
}
