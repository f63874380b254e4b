/** Notes on their way to the server. */
import { queryClient } from "../api/queries";
import { getNote, putNote } from "../api/requests";
import type { Note, NoteSave } from "../api/types";
import { casesWithUnsent, NoteKeeper, noteName } from "./note-keeper";

// One for each note: two would overwrite each other with what they know.
const keepers = new Map<string, NoteKeeper>();

/** Whoever keeps a note already, or a new one that goes on from what the server has. */
export function keeperOf(person: number, kept: Note): NoteKeeper {
  const name = noteName(person, kept.case);
  const known = keepers.get(name);
  if (known?.busy) return known;
  const keeper = new NoteKeeper({
    name,
    kept,
    store: localStorage,
    save: (note, base) => sendNote(kept.case, { ...note, base, reader: person }),
    load: () => getNote(kept.case),
  });
  keepers.set(name, keeper);
  return keeper;
}

async function sendNote(caseId: string, note: NoteSave): Promise<Note> {
  const saved = await putNote(caseId, note);
  queryClient.setQueryData(["note", caseId], saved);
  void queryClient.invalidateQueries({ queryKey: ["notes"] });
  return saved;
}

/** Sends what an earlier visit wrote and could not send, wherever the person goes now. */
export async function sendUnsentNotes(person: number): Promise<void> {
  for (const caseId of casesWithUnsent(Object.keys(localStorage), person)) {
    try {
      // It reads what lies in the storage, and sends it until it has arrived.
      keeperOf(person, await getNote(caseId));
    } catch {
      // It stays in the storage, for the next visit.
    }
  }
}
