import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentence } from "../api/client";
import { queryClient } from "../api/queries";
import { getLadder, requestLadder } from "../api/requests";
import type { Ladder, LadderStep } from "../api/types";
import { t } from "../i18n/translate";
import type { Viewer } from "../viewer/viewer";
import { isComing, isShown, variantOf } from "./ladder";

const ASK_AGAIN_MS = 1500;

export interface LadderControl {
  readonly ladder: Ladder | null;
  /** The step on screen; null until the ladder is known. */
  readonly step: LadderStep | null;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly request: () => void;
  readonly show: (step: LadderStep) => void;
  /** To the next density that is there, in either direction. */
  readonly move: (by: 1 | -1) => void;
}

/** What is kept of it for a while must not know the viewer, and with it the images. */
const ladderQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["ladder", caseId],
    queryFn: () => getLadder(caseId),
    refetchInterval: ({ state }) => (state.data?.steps.some(isComing) ? ASK_AGAIN_MS : false),
  });

/** The same findings in every density, in the place of the case's own images. */
export function useLadder(caseId: string, viewer: Viewer | null, wanted: boolean): LadderControl {
  const [shown, setShown] = useState<{ viewer: Viewer; density: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const query = useQuery({ ...ladderQuery(caseId), enabled: wanted });
  const ask = useMutation({
    mutationFn: () => requestLadder(caseId),
    onSuccess: (ladder) => queryClient.setQueryData(["ladder", caseId], ladder),
  });
  const ladder = query.data ?? null;
  const own = ladder?.steps.find(({ state }) => state === "own") ?? null;
  // A viewer that was hung anew shows the case as it was read.
  const density = shown?.viewer === viewer ? shown?.density : null;
  const step = ladder?.steps.find((each) => each.density === density) ?? own;

  function show(wantedStep: LadderStep): void {
    if (!viewer || !isShown(wantedStep)) return;
    setBusy(true);
    setProblem(null);
    viewer
      .showVariant(variantOf(wantedStep))
      .then(
        () => setShown({ viewer, density: wantedStep.density }),
        (error: unknown) => setProblem(t("densityCannotBeShown", { reason: sentence(error) })),
      )
      .finally(() => setBusy(false));
  }

  function move(by: 1 | -1): void {
    // Two steps on their way could arrive in the other order.
    if (busy) return;
    const ready = ladder?.steps.filter(isShown) ?? [];
    const next = ready[ready.findIndex((each) => each.density === step?.density) + by];
    if (next) show(next);
  }

  const failure = ask.error ?? query.error;
  return {
    ladder,
    step,
    busy: busy || ask.isPending,
    problem: problem ?? (failure ? sentence(failure) : null),
    request: () => ask.mutate(),
    show,
    move,
  };
}
