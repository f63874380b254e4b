import { useEffect, useEffectEvent, useState } from "react";
import { flushSync } from "react-dom";
import { Attention } from "../viewer/attention";
import { finishTutorial } from "../api/requests";
import { queryClient } from "../api/queries";
import type { Answers, Assignment, Me, ReadingLog, Vocabulary } from "../api/types";
import { DisplayOffer } from "../display/DisplayOffer";
import { imagePoint, type ImagePoint } from "../geometry/units";
import { t, translateLabel } from "../i18n/translate";
import type { ViewKey } from "../viewer/hanging";
import { isDialogOpen, isTyping } from "../ui/keys";
import type { MarkShape } from "../viewer/overlay";
import {
  addMark,
  changeMark,
  describeMark,
  linkCandidates,
  linkMarks,
  missingAnswers,
  nextKind,
  removeMark,
  type Missing,
} from "./answers";
import { AnswerForm, focusQuestion } from "./AnswerForm";
import { CaseHead } from "./CaseHead";
import { KeyMap } from "./KeyMap";
import { makeId } from "./make-id";
import { focusEditor } from "./MarkEditor";
import { MarkList } from "./MarkList";
import { Review } from "./Review";
import { SaveStatus } from "./SaveStatus";
import { SubmitBar } from "./SubmitBar";
import { TestOver } from "../testsets/TestOver";
import { useTimeUp } from "../testsets/time-left";
import { Toolbar } from "./Toolbar";
import { Tutorial } from "./Tutorial";
import { useDraft } from "./useDraft";
import { useSubmit } from "./useSubmit";
import { useViewer } from "./useViewer";

const KEEP_ATTENTION_MS = 5000;

/** The reading room: images, marks, answers. */
export function ReadingRoom({
  assignment,
  vocabulary,
  me,
}: {
  readonly assignment: Assignment;
  readonly vocabulary: Vocabulary;
  readonly me: Me | null;
}) {
  const { keeper, answers, save, change, resolve, undo, redo } = useDraft(assignment);
  const [selected, setSelected] = useState<string | null>(null);
  const [help, setHelp] = useState(false);
  const [timer, setTimer] = useState(true);
  const [reviewing, setReviewing] = useState(false);
  const { host, viewer, state } = useViewer(
    assignment.case,
    {
      onPlace: place,
      onMove: (id, { x, y }) => change((now) => changeMark(now, id, { x, y })),
      onSelect: setSelected,
      onKey: handleKey,
    },
    { attention: keeper.copy.attention },
  );
  const readLog = (): ReadingLog =>
    (viewer?.attention ?? new Attention(keeper.copy.attention ?? undefined)).log;
  const { test } = assignment;
  useTimeUp(test?.open ? test.seconds_left : null, () => {
    void queryClient.invalidateQueries({ queryKey: ["assignment", assignment.id] });
  });
  const sending = useSubmit(assignment, keeper, () => ({ answers, log: readLog() }));

  function place(view: ViewKey, { x, y }: ImagePoint): void {
    const id = makeId();
    viewer?.attention.noteMark();
    change((now) => addMark(now, { id, view, x, y }));
    setSelected(id);
  }

  function handleKey(event: KeyboardEvent, focused: string | null): boolean {
    // A mark just placed with the mouse is open for editing while the images hold the focus.
    const mark = focused ?? selected;
    if (event.key === "?") setHelp(true);
    else if (hasModifier(event)) return false;
    else if (event.key === "t") setTimer(!timer);
    else if (event.key === "a") focusQuestion("density");
    else if (mark && event.key === "e") openEditor(mark);
    else if (mark && (event.key === "Delete" || event.key === "Backspace")) remove(mark);
    else if (mark && event.key === "d") toggleDismissed(mark);
    else if (mark && event.key === "l") linkOrUnlink(mark);
    else if (mark && event.key.toLowerCase() === "k") stepKind(mark, event.shiftKey ? -1 : 1);
    else return false;
    return true;
  }

  function openEditor(id: string): void {
    flushSync(() => setSelected(id));
    focusEditor();
  }

  function goTo(where: Missing["where"]): void {
    // The dialog gives the focus back when it closes: that must be over first.
    flushSync(() => setReviewing(false));
    if (typeof where === "object") openEditor(where.mark);
    else focusQuestion(where);
  }

  function submit(): void {
    setReviewing(false);
    if (missing.length === 0 && !over) sending.submit();
  }

  function remove(id: string): void {
    change((now) => removeMark(now, id));
    setSelected(null);
    viewer?.focus();
  }

  function toggleDismissed(id: string): void {
    change((now) => {
      const mark = now.marks.find((candidate) => candidate.id === id);
      return mark ? changeMark(now, id, { suspicious: !mark.suspicious }) : now;
    });
  }

  function stepKind(id: string, by: 1 | -1): void {
    change((now) => {
      const mark = now.marks.find((candidate) => candidate.id === id);
      const kind = nextKind(vocabulary, mark?.kind ?? null, by);
      return mark ? changeMark(now, id, { kind }) : now;
    });
  }

  function linkOrUnlink(id: string): void {
    change((now) => {
      const mark = now.marks.find((candidate) => candidate.id === id);
      if (!mark) return now;
      const others = linkCandidates(now, mark).map((other) => other.id);
      const next = others[mark.link ? others.indexOf(mark.link) + 1 : 0] ?? null;
      return linkMarks(now, id, next);
    });
  }

  useEffect(() => viewer?.setMarks(markShapes(answers, selected)), [viewer, answers, selected]);
  useEffect(() => {
    if (!viewer) return;
    const keep = (): void => keeper.keepAttention(viewer.attention.state);
    const interval = setInterval(keep, KEEP_ATTENTION_MS);
    addEventListener("pagehide", keep);
    return () => {
      clearInterval(interval);
      removeEventListener("pagehide", keep);
    };
  }, [viewer, keeper]);

  const missing = missingAnswers(answers);
  // Only the server knows: this machine's clock may have been set anew.
  const over = test !== null && (!test.open || sending.over !== null);
  const onWindowKey = useEffectEvent((event: KeyboardEvent) => {
    // The review alone leaves the room its keys.
    if (isDialogOpen() && !reviewing) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === "Enter" && !sending.busy) {
      if (reviewing) submit();
      else if (!over) setReviewing(true);
    } else if (command && event.key.toLowerCase() === "z" && !reviewing) {
      event.preventDefault();
      (event.shiftKey ? redo : undo)?.();
    } else if (event.key === "Escape" && !reviewing) viewer?.focus();
    else if (event.key === "?" && !isTyping(event)) setHelp(true);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onWindowKey(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);

  const tutorial = me !== null && !me.tutorial_done;
  return (
    <main id="content" className="room" tabIndex={-1}>
      <h1 className="visually-hidden">{t("reading")}</h1>
      <Toolbar
        viewer={viewer}
        state={state}
        hasPrior={assignment.case.prior !== null}
        onHelp={() => setHelp(true)}
      >
        <UndoTools undo={undo} redo={redo} />
      </Toolbar>
      <div className="stage-host" ref={host}>
        <p className="stage-hint small" role="status">
          {state?.markRefused && t("marksGoOnCurrent")}
        </p>
        {tutorial && <Tutorial onDone={() => endTutorial(me, () => viewer?.focus())} />}
      </div>
      <aside className="side-panel" aria-label={t("yourReading")}>
        <div className="side-scroll">
          {me && !tutorial && <DisplayOffer person={me.id} viewer={viewer} />}
          <CaseHead assignment={assignment} vocabulary={vocabulary} viewer={viewer} timer={timer} />
          <MarkList
            answers={answers}
            vocabulary={vocabulary}
            selected={selected}
            onSelect={setSelected}
            onChange={(changed) => change(() => changed)}
          />
          <AnswerForm
            answers={answers}
            vocabulary={vocabulary}
            onChange={(changed) => change(() => changed)}
          />
        </div>
        {over ? (
          <TestOver session={test.session} timeUp={sending.over !== "session_ended"} />
        ) : (
          <SubmitBar sending={sending} missing={missing} onReview={() => setReviewing(true)}>
            <SaveStatus state={save} answers={answers} onResolve={resolve} />
          </SubmitBar>
        )}
      </aside>
      {help && <KeyMap reading onClose={() => setHelp(false)} />}
      {reviewing && (
        <Review
          answers={answers}
          vocabulary={vocabulary}
          log={readLog()}
          missing={missing}
          onGo={goTo}
          onSubmit={submit}
          onClose={() => setReviewing(false)}
        />
      )}
    </main>
  );
}

const hasModifier = (event: KeyboardEvent): boolean =>
  event.ctrlKey || event.metaKey || event.altKey;

function UndoTools({
  undo,
  redo,
}: {
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
}) {
  const tools = [
    { label: t("undo"), keys: translateLabel("Ctrl Z"), act: undo },
    { label: t("redo"), keys: translateLabel("Ctrl Shift Z"), act: redo },
  ];
  return (
    <div className="group">
      {tools.map(({ label, keys, act }) => (
        <button
          key={label}
          type="button"
          className="tool"
          title={`${label} (${keys})`}
          disabled={!act}
          onClick={() => act?.()}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

const markShapes = (answers: Answers, selected: string | null): MarkShape[] =>
  answers.marks.map((mark, index) => ({
    id: mark.id,
    view: mark.view,
    point: imagePoint(mark.x, mark.y),
    label: String(index + 1),
    description: describeMark(answers, mark),
    tone: mark.suspicious ? "mark" : "dismissed",
    selected: mark.id === selected,
    movable: true,
    link: mark.link,
  }));

function endTutorial(me: Me, then: () => void): void {
  queryClient.setQueryData<Me>(["me"], { ...me, tutorial_done: true });
  // Seeing the tutorial once more is all that a failure here would cost.
  finishTutorial().catch(() => undefined);
  then();
}
