import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { sentence } from "../api/client";
import { getSandboxCase, getSandboxKinds } from "../api/requests";
import type { SandboxCase, SandboxKind } from "../api/types";
import { pointOf } from "../feedback/shapes";
import { t, translateLabel } from "../i18n/translate";
import { Toolbar } from "../reading/Toolbar";
import { useViewer } from "../reading/useViewer";
import { Link } from "../ui/Link";
import { Failure } from "../ui/Notice";
import { Page, useTitle } from "../ui/Page";
import { viewLabel, type ViewKey } from "../viewer/hanging";
import { readPatch } from "../viewer/patch";
import { ChallengeForm } from "./ChallengeForm";
import { Densities } from "./Densities";
import { FindingForm } from "./FindingForm";
import { SandboxKeys } from "./SandboxKeys";
import { outlinesOf } from "./shapes";
import { moveOf, type Kind } from "./steps";
import { useSandbox, type SandboxControl } from "./useSandbox";
import { useSteps } from "./useSteps";
import "./sandbox.css";

/** One woman of the sandbox. */
export function SandboxRoomPage({ id }: { readonly id: string }) {
  useTitle(t("pageSandbox"));
  const found = useQuery({
    queryKey: ["sandbox-case", id],
    queryFn: () => getSandboxCase(id),
    staleTime: Infinity,
  });
  const kinds = useKinds();
  const error = found.error ?? kinds.error;
  if (error) {
    return (
      <Page title={t("sandboxCannotBeShown")}>
        <Failure error={error} onRetry={() => Promise.all([found.refetch(), kinds.refetch()])} />
        <p>
          <Link to="/sandbox">{t("toTheSandbox")}</Link>
        </p>
      </Page>
    );
  }
  if (!found.data || !kinds.data) {
    return <main id="content" className="room" tabIndex={-1} aria-busy="true" />;
  }
  return <SandboxRoom sandbox={found.data} kinds={kinds.data} />;
}

const useKinds = () =>
  useQuery({ queryKey: ["sandbox-kinds"], queryFn: getSandboxKinds, staleTime: Infinity });

/** Both views of a breast, and what is placed in it. */
function SandboxRoom({
  sandbox,
  kinds,
}: {
  readonly sandbox: SandboxCase;
  readonly kinds: readonly SandboxKind[];
}) {
  const control = useSandbox(sandbox.id, sandbox.preview);
  const { now, act } = control;
  const { side } = now;
  const [kind, setKind] = useState<Kind>("mass");
  const [outlined, setOutlined] = useState(true);
  const [help, setHelp] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // Of two readings under way the later one counts.
  const laid = useRef(0);
  const { host, viewer, state } = useViewer(
    sandbox.case,
    {
      onPlace: (view, { x, y }) => {
        steps.showOwn();
        act({ do: "put", view, x, y, draw: kind });
      },
      onKey: handleKey,
    },
    { only: [`${side}_cc`, `${side}_mlo`] as ViewKey[] },
  );
  const lay = useCallback(() => {
    const turn = (laid.current += 1);
    const still = (act: () => void): void => {
      if (turn === laid.current) act();
    };
    Promise.all(now.views.map(async (view) => [view.key, await readPatch(view)] as const)).then(
      (patches) =>
        still(() => {
          viewer?.layOver(Object.fromEntries(patches));
          setProblem(null);
        }),
      (error: unknown) =>
        still(() => setProblem(t("previewUnreadable", { reason: sentence(error) }))),
    );
  }, [viewer, now]);
  const steps = useSteps(sandbox.id, control, viewer, lay);
  useEffect(lay, [lay]);
  const placed = kinds.find(({ key }) => key === now.lesion?.kind);
  useEffect(() => {
    const label = placed?.label ?? "";
    // Where nothing shows yet, its place must.
    const wanted = outlined || (!now.at_once && !steps.shown);
    viewer?.setOutlines(wanted && now.lesion ? outlinesOf(now, steps.shown, label) : []);
  }, [viewer, now, steps.shown, outlined, placed]);

  const aimed = state?.crosshairView;
  useEffect(() => {
    const place = aimed && now.places[aimed];
    if (place) viewer?.aim(aimed, pointOf(place));
  }, [viewer, now, aimed]);

  function handleKey(event: KeyboardEvent): boolean {
    const move = moveOf(event);
    if (event.key === "?") setHelp(true);
    else if (move && now.lesion && state) {
      if (steps.shown) steps.showOwn();
      act({ do: "move", view: state.crosshairView, ...move });
      // With Alt the browser would leave the page, also where there is nothing to move.
    } else if (move && event.altKey) return true;
    else if (event.ctrlKey || event.metaKey || event.altKey) return false;
    else if (event.key.toLowerCase() === "x") setOutlined(!outlined);
    else if (event.key === "Delete" || event.key === "Backspace") {
      act({ do: "set", lesion: null, side });
    } else return false;
    return true;
  }

  const onWindowKey = useEffectEvent((event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      (event.shiftKey ? control.redo : control.undo)?.();
    } else if (event.key === "Escape" && !help) viewer?.focus();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onWindowKey(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);

  return (
    <main id="content" className="room" tabIndex={-1}>
      <h1 className="visually-hidden">{t("pageSandbox")}</h1>
      <Toolbar viewer={viewer} state={state} hasPrior={false} onHelp={() => setHelp(true)}>
        {/* Also before there is a finding: the images must not move when it comes. */}
        {state && (
          <div className="group">
            <button
              type="button"
              className={`tool${state.lesionsShown ? " is-on" : ""}`}
              title={t("lesionsKey")}
              disabled={!now.lesion}
              onClick={() => viewer?.showLesions(!state.lesionsShown)}
            >
              {t(state.lesionsShown ? "lesionOn" : "lesionOff")}
            </button>
            <button
              type="button"
              className="tool"
              title={`${t("outline")} (X)`}
              aria-pressed={outlined}
              disabled={!now.lesion}
              onClick={() => setOutlined(!outlined)}
            >
              {t("outline")}
            </button>
            {steps.shown && steps.shown.density !== sandbox.density && (
              <b className="in-density">{t("inDensity", { density: steps.shown.density })}</b>
            )}
          </div>
        )}
      </Toolbar>
      <div className="stage-host" ref={host} />
      <aside className="side-panel" aria-label={t("pageSandbox")}>
        <div className="side-scroll">
          <section className="stack" aria-labelledby="woman-title">
            <div className="patient">
              <h2 id="woman-title">{t("pageSandbox")}</h2>
              <Link to="/sandbox" className="small">
                {t("allOfTheSandbox")}
              </Link>
            </div>
            <p className="small">
              {t("womanOf", { age: sandbox.age_band, density: sandbox.density })}
              {state && now.lesion && ` ${t("arrowsMoveIn", { view: viewLabel(state.crosshairView) })}`}
            </p>
          </section>
          <FindingForm control={control} kinds={kinds} kind={kind} onKind={setKind} />
          <Densities own={sandbox.density} now={now} control={steps} />
          <ChallengeForm
            sandbox={sandbox.id}
            density={steps.shown?.density ?? sandbox.density}
            empty={now.lesion === null}
            busy={control.busy}
          />
        </div>
        <div className="side-foot">
          <SaveState control={control} problem={problem ?? control.problem} />
        </div>
      </aside>
      {help && <SandboxKeys onClose={() => setHelp(false)} />}
    </main>
  );
}

function SaveState({
  control: { busy, stale, undo, redo },
  problem,
}: {
  readonly control: SandboxControl;
  readonly problem: string | null;
}) {
  const tools = [
    { label: t("undo"), keys: "Ctrl Z", act: undo },
    { label: t("redo"), keys: "Ctrl Shift Z", act: redo },
  ];
  return (
    <>
      {problem && (
        <p className="is-bad small" role="alert">
          {problem}
        </p>
      )}
      {stale && (
        <button type="button" className="button" onClick={() => location.reload()}>
          {t("reloadPage")}
        </button>
      )}
      <div className="save-row">
        <span className="muted small" role="status">
          {!problem && t(busy ? "sandboxSaving" : "sandboxSaved")}
        </span>
        {tools.map(({ label, keys, act }) => (
          <button
            key={label}
            type="button"
            className="tool"
            title={`${label} (${translateLabel(keys)})`}
            disabled={!act}
            onClick={() => act?.()}
          >
            {label}
          </button>
        ))}
      </div>
    </>
  );
}
