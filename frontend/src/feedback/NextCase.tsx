import { useEffect, useEffectEvent, useState } from "react";
import { useMutation } from "@tanstack/react-query";
import { ApiError, sentence } from "../api/client";
import { queryClient } from "../api/queries";
import { endSession, nextAssignment, startSession } from "../api/requests";
import type { Assignment, SessionStart } from "../api/types";
import { viewSources } from "../api/views";
import { t, translateLabel } from "../i18n/translate";
import { isDialogOpen, isTyping } from "../ui/keys";
import { navigate } from "../ui/router";
import { prefetch } from "../viewer/loader";

export async function openNextCase(start?: SessionStart): Promise<Assignment> {
  const session = await startSession(start);
  return nextAssignment(session.id);
}

/** The next case of the session that a reading was made in; of practice, when it has ended. */
async function goOn(session: string): Promise<Assignment> {
  try {
    return await nextAssignment(session);
  } catch (error) {
    if (error instanceof ApiError && error.code === "session_ended") return openNextCase();
    throw error;
  }
}

/** Goes to a case that is known already, without asking for it again. */
export function readCase(assignment: Assignment): void {
  queryClient.setQueryData(["assignment", assignment.id], assignment);
  navigate(`/read/${assignment.id}`);
}

/** Chooses the next case while this one is studied, so that its images are there at once. */
export function NextCase({ text, session }: { readonly text: string; readonly session: string }) {
  const [ready, setReady] = useState<Assignment | null>(null);
  useEffect(() => {
    let gone = false;
    // Only while its session is open: who looks again at an old case has begun nothing.
    nextAssignment(session).then(
      (assignment) => {
        if (gone) return;
        setReady(assignment);
        prefetch(viewSources(assignment.case));
      },
      // The button asks again and then says what is wrong.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [session]);
  const open = useMutation({
    mutationFn: () => goOn(session),
    onSuccess: readCase,
  });
  const end = useMutation({
    mutationFn: () => endSession(session),
    onSuccess: () => navigate(`/sessions/${session}`),
  });
  const goOnNow = (): void => (ready ? readCase(ready) : open.mutate());
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    // Held down since the reading was submitted, the key must not leave its feedback.
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    if (isTyping(event) || isDialogOpen()) return;
    if (!open.isPending) goOnNow();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
  const waiting = open.error instanceof ApiError && open.error.code === "no_case_ready";
  return (
    <div className="side-foot">
      <p className="small muted">{text}</p>
      {end.error && (
        <p className="is-bad small" role="alert">
          {sentence(end.error)}
        </p>
      )}
      {open.error && (
        <p className={waiting ? "small" : "is-bad small"} role="alert">
          {sentence(open.error)}
        </p>
      )}
      <button
        type="button"
        className="button is-primary"
        disabled={open.isPending}
        title={translateLabel("Ctrl Enter")}
        onClick={goOnNow}
      >
        {t(waiting ? "askAgain" : "nextCase")}
      </button>
      <button
        type="button"
        className="button is-quiet small"
        disabled={end.isPending}
        onClick={() => end.mutate()}
      >
        {t("endSession")}
      </button>
    </div>
  );
}
