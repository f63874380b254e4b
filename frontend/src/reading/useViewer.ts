import { useEffect, useEffectEvent, useRef, useState, type RefObject } from "react";
import { priorLabel, viewSources } from "../api/views";
import type { CaseImages } from "../api/types";
import { readDisplay } from "../display/display";
import { t } from "../i18n/translate";
import type { AttentionState } from "../viewer/attention";
import type { ViewerEvents, ViewerState } from "../viewer/state";
import { Viewer } from "../viewer/viewer";

const describeStage = (marking: boolean): string => t(marking ? "stageMarking" : "stageLooking");

/** Hangs a case in a host element for as long as the component lives. */
export function useViewer(
  data: CaseImages,
  events: Omit<ViewerEvents, "onState">,
  attention?: AttentionState | null,
): { host: RefObject<HTMLDivElement | null>; viewer: Viewer | null; state: ViewerState | null } {
  const host = useRef<HTMLDivElement | null>(null);
  const [viewer, setViewer] = useState<Viewer | null>(null);
  const [state, setState] = useState<ViewerState | null>(null);
  const current = useEffectEvent(() => events);
  const label = useEffectEvent(() => describeStage(events.onPlace !== undefined));
  const kept = useEffectEvent(() => attention ?? undefined);
  useEffect(() => {
    if (!host.current) return;
    const made = new Viewer(
      host.current,
      viewSources(data),
      { notice: t("notForDiagnosis"), label: label(), prior: priorLabel(data), attention: kept() },
      {
        onPlace: (view, point) => current().onPlace?.(view, point),
        onMove: (id, point) => current().onMove?.(id, point),
        onSelect: (id) => current().onSelect?.(id),
        onKey: (event, mark) => current().onKey?.(event, mark) ?? false,
        onState: setState,
      },
    );
    made.setTrueSize(readDisplay().cssPxPerMm);
    setViewer(made);
    setState(made.state);
    made.focus();
    return () => made.close();
  }, [data]);
  return { host, viewer, state };
}
