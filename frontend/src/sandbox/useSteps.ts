import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentence } from "../api/client";
import { queryClient } from "../api/queries";
import { getSandboxSteps, requestSandboxStep } from "../api/requests";
import type { Density, LadderStep } from "../api/types";
import { isComing, variantOf } from "../feedback/ladder";
import { t } from "../i18n/translate";
import type { Viewer } from "../viewer/viewer";
import type { SandboxControl } from "./useSandbox";

const ASK_AGAIN_MS = 1000;

export interface StepsControl {
  readonly steps: readonly LadderStep[];
  /** The made case that is on screen; null where the finding shows at once. */
  readonly shown: LadderStep | null;
  readonly busy: boolean;
  readonly problem: string | null;
  /** Has the case made in a density, and shows it when it is there. */
  readonly want: (density: Density) => void;
  readonly showOwn: () => void;
}

/** The case as it stands, made by the worker: in its own density, and in others. */
export function useSteps(
  id: string,
  { now, busy: changing }: SandboxControl,
  viewer: Viewer | null,
  showOwn: () => void,
): StepsControl {
  const key = ["sandbox-steps", id, now.revision];
  const [wanted, setWanted] = useState<{ revision: number; density: Density } | null>(null);
  const [shown, setShown] = useState<{ revision: number; step: LadderStep; viewer: Viewer } | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const query = useQuery({
    queryKey: key,
    queryFn: async () => {
      const { steps } = await getSandboxSteps(id);
      const ready = steps.find(({ density }) => density === wanted?.density);
      if (wanted?.revision === now.revision && ready?.state === "done") show(ready);
      return steps;
    },
    // While it is being changed, nobody asks for what was made of it.
    enabled: !changing,
    refetchInterval: ({ state }) => (state.data?.some(isComing) ? ASK_AGAIN_MS : false),
  });
  const ask = useMutation({
    mutationFn: (density: Density) => requestSandboxStep(id, density),
    onSuccess: ({ steps }) => queryClient.setQueryData(key, steps),
  });

  function show(step: LadderStep): void {
    if (!viewer) return;
    setWanted(null);
    setFailure(null);
    viewer.showVariant(variantOf(step)).then(
      () => setShown({ revision: now.revision, step, viewer }),
      (error: unknown) => setFailure(error),
    );
  }

  function want(density: Density): void {
    const step = query.data?.find((each) => each.density === density);
    if (step?.state === "done") return show(step);
    setWanted({ revision: now.revision, density });
    if (!step || !isComing(step)) ask.mutate(density);
  }

  const current = shown?.revision === now.revision && shown.viewer === viewer ? shown.step : null;
  const refused = ask.error ?? query.error;
  return {
    steps: query.data ?? [],
    shown: current,
    busy: ask.isPending,
    problem: failure ? t("densityCannotBeShown", { reason: sentence(failure) }) : refused && sentence(refused),
    want,
    showOwn: () => {
      setWanted(null);
      setShown(null);
      showOwn();
    },
  };
}
