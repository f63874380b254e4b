import { useEffect, useEffectEvent, useMemo, useRef, useState, type RefObject } from "react";
import { priorLabel, viewSources } from "../api/views";
import type { CaseImages } from "../api/types";
import { readDisplay } from "../display/display";
import { t } from "../i18n/translate";
import type { AttentionState } from "../viewer/attention";
import { viewLabel, type ViewKey } from "../viewer/hanging";
import type { ViewSource } from "../viewer/source";
import type { ViewerEvents, ViewerState } from "../viewer/state";
import { Viewer } from "../viewer/viewer";
import { viewerWords } from "./viewer-words";

interface Hung {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly viewer: Viewer | null;
  readonly state: ViewerState | null;
}

interface HowHung {
  readonly attention?: AttentionState | null;
  /** The banner over every image; that they are synthetic, unless told. */
  readonly notice?: string;
  /** What a screen reader calls an image; a synthetic mammogram, unless told. */
  readonly picture?: string;
}

type Events = Omit<ViewerEvents, "onState">;

/** Hangs a case in a host element for as long as the component lives; `only` names some views. */
export function useViewer(
  data: CaseImages,
  events: Events,
  { only, ...how }: HowHung & { readonly only?: readonly ViewKey[] } = {},
): Hung {
  const wanted = only?.join(" ");
  const views = useMemo(
    () => viewSources(data).filter(({ key }) => !wanted || wanted.split(" ").includes(key)),
    [data, wanted],
  );
  return useHungViews(views, priorLabel(data), events, how);
}

/** Hangs images that are no case of the library; the same list must be given until others are meant. */
export function useHungViews(
  views: readonly ViewSource[],
  prior: string | null,
  events: Events,
  { attention, notice, picture }: HowHung = {},
): Hung {
  const host = useRef<HTMLDivElement | null>(null);
  const [viewer, setViewer] = useState<Viewer | null>(null);
  const [state, setState] = useState<ViewerState | null>(null);
  const current = useEffectEvent(() => events);
  const options = useEffectEvent(() => ({
    notice: notice ?? t("notForDiagnosis"),
    label: t(events.onPlace ? "stageMarking" : "stageLooking", {
      views: views.map(({ key }) => viewLabel(key)).join(", "),
    }),
    words: viewerWords(picture ?? t("syntheticMammogram")),
    prior,
    attention: attention ?? undefined,
  }));
  useEffect(() => {
    if (!host.current) return;
    const made = new Viewer(host.current, views, options(), {
      onPlace: (view, point) => current().onPlace?.(view, point),
      onMove: (id, point) => current().onMove?.(id, point),
      onSelect: (id) => current().onSelect?.(id),
      onKey: (event, mark) => current().onKey?.(event, mark) ?? false,
      onState: setState,
    });
    made.setTrueSize(readDisplay().cssPxPerMm);
    setViewer(made);
    setState(made.state);
    made.focus();
    return () => made.close();
  }, [views]);
  return { host, viewer, state };
}
