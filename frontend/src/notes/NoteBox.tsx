import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useMe } from "../api/queries";
import { getNote } from "../api/requests";
import type { Note } from "../api/types";
import { t } from "../i18n/translate";
import type { NoteContent, NoteState } from "./note-keeper";
import { keeperOf } from "./send-note";

function tellState(state: NoteState): string {
  if (state.kind === "failed") return t("noteFailed", { reason: state.reason });
  const words = {
    saved: "noteSaved",
    unsaved: "noteNotSavedYet",
    waiting: "noteWaiting",
    "signed-out": "noteSignedOut",
  } as const;
  return t(words[state.kind]);
}

/** A reader's own bookmark and words on a case. */
export function NoteBox({ caseId }: { readonly caseId: string }) {
  const me = useMe();
  const note = useQuery({ queryKey: ["note", caseId], queryFn: () => getNote(caseId) });
  if (!note.data || !me.data) return null;
  return <NoteForm key={caseId} person={me.data.id} kept={note.data} />;
}

function NoteForm({ person, kept }: { readonly person: number; readonly kept: Note }) {
  const [keeper] = useState(() => keeperOf(person, kept));
  const [state, setState] = useState<NoteState | null>(keeper.state);
  const [content, setContent] = useState<NoteContent>(keeper.content);
  useEffect(() => {
    keeper.watch((told) => {
      setState(told);
      // Another window's words may have come to it.
      setContent(keeper.content);
    });
    const flush = (): void => keeper.flush();
    // Coming back to the window may follow a sign-in in another one.
    const events = ["pagehide", "online", "focus"];
    for (const event of events) addEventListener(event, flush);
    return () => {
      for (const event of events) removeEventListener(event, flush);
      keeper.flush();
      keeper.watch(null);
    };
  }, [keeper]);
  const change = (part: Partial<NoteContent>): void => {
    const changed = { ...content, ...part };
    setContent(changed);
    keeper.change(changed);
  };
  return (
    <section className="stack note-box" aria-labelledby="note-title">
      <div className="finding-head">
        <h2 id="note-title">{t("yourNote")}</h2>
        <button
          type="button"
          className="button small"
          aria-pressed={content.bookmarked}
          onClick={() => change({ bookmarked: !content.bookmarked })}
        >
          {content.bookmarked ? `★ ${t("bookmarked")}` : `☆ ${t("bookmark")}`}
        </button>
      </div>
      <textarea
        rows={3}
        maxLength={4000}
        aria-label={t("noteLabel")}
        placeholder={t("forYouAlone")}
        value={content.text}
        onChange={(event) => change({ text: event.target.value })}
        onBlur={() => keeper.flush()}
      />
      <p className="small muted" role="status">
        {state && tellState(state)}
      </p>
    </section>
  );
}
