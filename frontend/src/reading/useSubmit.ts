import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { ApiError, isSignedOut, isTransient, sentence } from "../api/client";
import { queryClient } from "../api/queries";
import { submitReading } from "../api/requests";
import type { Answers, Assignment, Feedback, ReadingKept, ReadingLog } from "../api/types";
import { goOnOrToTests } from "../testsets/go-on";
import { navigate } from "../ui/router";
import type { DraftKeeper } from "./draft-keeper";
import { makeId } from "./make-id";

const RETRY_MS = 3000;
const TEST_OVER = ["time_up", "session_ended"] as const;
type TestOver = (typeof TEST_OVER)[number];

/** Why a test set takes no more, where that is why the reading was refused. */
const readOver = (error: unknown): TestOver | null =>
  (error instanceof ApiError && TEST_OVER.find((code) => code === error.code)) || null;

/** Sends the reading once and only once: the key outlives reloads and lost answers. */
export function useSubmit(
  assignment: Assignment,
  keeper: DraftKeeper,
  read: () => { answers: Answers; log: ReadingLog },
): {
  submit: () => void;
  busy: boolean;
  waiting: boolean;
  signedOut: boolean;
  /** Why the test set takes no more. */
  over: TestOver | null;
  problem: string | null;
} {
  const mutation = useMutation({
    mutationFn: () =>
      submitReading({ assignment: assignment.id, key: keeper.submitKey(makeId), ...read() }),
    retry: (_failures, error) => isTransient(error),
    retryDelay: RETRY_MS,
    onSuccess: async (answer: Feedback | ReadingKept) => {
      keeper.finish();
      if (!("truth" in answer)) return goOnOrToTests(answer.session, `/read/${assignment.id}`);
      const feedback = answer;
      queryClient.setQueryData(["feedback", feedback.reading], feedback);
      for (const key of ["progress", "readings", "sessions", "session"]) {
        void queryClient.invalidateQueries({ queryKey: [key] });
      }
      // A reader who went elsewhere while the connection was away stays there.
      if (location.pathname === `/read/${assignment.id}`) {
        navigate(`/feedback/${feedback.reading}`, { replace: true });
      }
    },
    onError: (error) => {
      const read = error instanceof ApiError && error.code === "already_read";
      if (read || readOver(error)) {
        void queryClient.invalidateQueries({ queryKey: ["assignment", assignment.id] });
      }
      if (read) keeper.finish();
      else if (!isSignedOut(error)) keeper.dropKey();
      // Signed out, the key stays: the reading is sent by itself after signing in.
    },
  });
  const { mutate } = mutation;
  const resume = useEffectEvent(() => {
    // A submit that a reload or a closed window interrupted goes on by itself.
    if (keeper.copy.key) mutate();
  });
  useEffect(() => resume(), [keeper]);
  return {
    submit: () => mutate(),
    busy: mutation.isPending,
    waiting: mutation.isPending && mutation.failureCount > 0,
    signedOut: isSignedOut(mutation.error),
    over: readOver(mutation.error),
    problem: mutation.error ? sentence(mutation.error) : null,
  };
}
