import { useEffect, useRef, useState } from "react";
import { ApiError, sentence } from "../api/client";
import { queryClient } from "../api/queries";
import { saveSandboxCase } from "../api/requests";
import type { SandboxPreview } from "../api/types";
import {
  addStep,
  bodyOf,
  isContinuous,
  NO_PAST,
  remember,
  standingOf,
  turn,
  type Past,
  type Standing,
  type Step,
} from "./steps";

/** Small steps that follow each other so closely are one to undo. */
const SAME_STEP_MS = 1000;

export interface SandboxControl {
  /** The finding as the server keeps it. */
  readonly now: SandboxPreview;
  readonly busy: boolean;
  /** Why the last step was refused; the finding is as it was before it. */
  readonly problem: string | null;
  /** Another window has gone on; only loading the page anew helps. */
  readonly stale: boolean;
  readonly act: (step: Step) => void;
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
}

interface Job {
  readonly step: Step;
  /** Null for a step of its own; otherwise it only goes back or forth. */
  readonly past: Past | null;
}

/** What was refused, without the names of fields: the form shows what they are. */
function tell(error: unknown): string {
  const body = error instanceof ApiError && error.status === 400 ? error.body : null;
  if (typeof body !== "object" || body === null) return sentence(error);
  return [...new Set(Object.values(body).flat(2).map(String))].join(" ");
}

/** Keeps what is done to a finding on the server, one step after another, and shows what it does. */
export function useSandbox(id: string, first: SandboxPreview): SandboxControl {
  const [now, setNow] = useState(first);
  const [past, setPast] = useState(NO_PAST);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const queue = useRef({ now: first, past: NO_PAST, waiting: [] as readonly Step[], running: false });
  const last = useRef<{ step: string; at: number } | null>(null);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      // Coming back must show what was kept last.
      queryClient.removeQueries({ queryKey: ["sandbox-case", id] });
    };
  }, [id]);

  async function run({ step, past: turned }: Job): Promise<void> {
    const { current } = queue;
    const body = bodyOf(step, current.now);
    if (!body) return;
    const was = standingOf(current.now);
    current.now = await saveSandboxCase(id, body);
    current.past = turned ?? remember(current.past, was, goesOn(step));
    if (gone.current) return;
    setNow(current.now);
    setPast(current.past);
    setFailure(null);
  }

  /** Whether a step is one with the step before it, as far as undoing goes. */
  function goesOn(step: Step): boolean {
    const name = step.do === "change" ? Object.keys(step.what).join() : step.do;
    const at = Date.now();
    const before = last.current;
    last.current = isContinuous(step) ? { step: name, at } : null;
    return isContinuous(step) && before?.step === name && at - before.at < SAME_STEP_MS;
  }

  async function work(job: Job): Promise<void> {
    const { current } = queue;
    current.running = true;
    setBusy(true);
    try {
      await run(job);
      for (;;) {
        const [step, ...rest] = current.waiting;
        if (!step) break;
        current.waiting = rest;
        await run({ step, past: null });
      }
    } catch (error) {
      // What was to follow was meant for what was refused.
      current.waiting = [];
      if (!gone.current) setFailure(error);
    } finally {
      current.running = false;
      if (!gone.current) setBusy(false);
    }
  }

  function act(step: Step): void {
    const { current } = queue;
    if (current.running) current.waiting = addStep(current.waiting, step);
    else void work({ step, past: null });
  }

  const go = (way: "back" | "forth"): (() => void) | null => {
    const there = past[way === "back" ? "before" : "after"].length > 0;
    if (!there || busy) return null;
    return () => {
      const turned: [Past, Standing] | null = turn(queue.current.past, standingOf(queue.current.now), way);
      if (!turned || queue.current.running) return;
      const [next, { lesion, side }] = turned;
      last.current = null;
      void work({ step: { do: "set", lesion, side }, past: next });
    };
  };

  return {
    now,
    busy,
    problem: failure === null ? null : tell(failure),
    stale: failure instanceof ApiError && failure.status === 409,
    act,
    undo: go("back"),
    redo: go("forth"),
  };
}
