import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { queryClient } from "../api/queries";
import { getNote, putNote } from "../api/requests";
import type { Note } from "../api/types";
import { NoteKeeper, type NoteContent, type NoteState } from "./note-keeper";

const WORDS: Readonly<Record<NoteState["kind"], string>> = {
  saved: "Saved",
  unsaved: "Not saved yet",
  waiting: "No connection: sent when it returns",
  failed: "Not saved",
};

/** A reader's own bookmark and words on a case. */
export function NoteBox({ caseId }: { readonly caseId: string }) {
  const note = useQuery({ queryKey: ["note", caseId], queryFn: () => getNote(caseId) });
  if (!note.data) return null;
  return <NoteForm key={caseId} caseId={caseId} kept={note.data} />;
}

function NoteForm({ caseId, kept }: { readonly caseId: string; readonly kept: Note }) {
  const [content, setContent] = useState<NoteContent>(kept);
  const [state, setState] = useState<NoteState | null>(null);
  const [keeper] = useState(
    () =>
      new NoteKeeper(async (note) => {
        const saved = await putNote(caseId, { bookmarked: note.bookmarked, text: note.text });
        queryClient.setQueryData(["note", caseId], saved);
        void queryClient.invalidateQueries({ queryKey: ["notes"] });
      }, setState),
  );
  useEffect(() => {
    const flush = (): void => keeper.flush();
    addEventListener("pagehide", flush);
    return () => {
      removeEventListener("pagehide", flush);
      keeper.flush();
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
        <h2 id="note-title">Your note</h2>
        <button
          type="button"
          className="button small"
          aria-pressed={content.bookmarked}
          onClick={() => change({ bookmarked: !content.bookmarked })}
        >
          {content.bookmarked ? "★ Bookmarked" : "☆ Bookmark"}
        </button>
      </div>
      <textarea
        rows={3}
        maxLength={4000}
        aria-label="Note on this case, for you alone"
        placeholder="For you alone"
        value={content.text}
        onChange={(event) => change({ text: event.target.value })}
        onBlur={() => keeper.flush()}
      />
      <p className="small muted" role="status">
        {state && WORDS[state.kind]}
        {state?.kind === "failed" && `: ${state.reason}`}
      </p>
    </section>
  );
}
