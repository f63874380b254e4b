/** Notes on their way to the server. */
import { queryClient } from "../api/queries";
import { getNote, putNote } from "../api/requests";
import type { Note } from "../api/types";
import { casesWithUnsent, NoteKeeper, noteName, type NoteContent } from "./note-keeper";

export async function sendNote(caseId: string, note: NoteContent): Promise<Note> {
  const saved = await putNote(caseId, { bookmarked: note.bookmarked, text: note.text });
  queryClient.setQueryData(["note", caseId], saved);
  void queryClient.invalidateQueries({ queryKey: ["notes"] });
  return saved;
}

/** Sends what an earlier visit wrote and could not send, wherever the person goes now. */
export async function sendUnsentNotes(person: number): Promise<void> {
  for (const caseId of casesWithUnsent(Object.keys(localStorage), person)) {
    try {
      const kept = await getNote(caseId);
      // It reads what lies in the storage, and sends it until it has arrived.
      new NoteKeeper({
        name: noteName(person, caseId),
        kept,
        store: localStorage,
        save: (note) => sendNote(caseId, note),
        tell: () => undefined,
      });
    } catch {
      // It stays in the storage, for the next visit.
    }
  }
}
