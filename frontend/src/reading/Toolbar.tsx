import { useState, type ReactNode } from "react";
import { DisplayCheck } from "../display/DisplayCheck";
import { t, translateLabel } from "../i18n/translate";
import { onlyView } from "../viewer/steps";
import type { ViewerState } from "../viewer/state";
import type { Viewer } from "../viewer/viewer";
import { PRESETS } from "../viewer/window";

function Tool({
  label,
  hint,
  pressed,
  onClick,
}: {
  readonly label: string;
  readonly hint: string;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      className="tool"
      title={`${label} (${hint})`}
      aria-pressed={pressed}
      onClick={onClick}
    >
      {label}
    </button>
  );
}

const HANGING_KEYS: Readonly<Record<string, string>> = { cc: "2", mlo: "3" };

/** The viewer's tools; each has a key too. */
export function Toolbar({
  viewer,
  state,
  hasPrior,
  onHelp,
  children,
}: {
  readonly viewer: Viewer | null;
  readonly state: ViewerState | null;
  readonly hasPrior: boolean;
  readonly onHelp: () => void;
  readonly children?: ReactNode;
}) {
  const [checking, setChecking] = useState(false);
  if (!viewer || !state) return <div className="toolbar" />;
  const act = (action: () => void) => () => {
    action();
    viewer.focus();
  };
  const [all, ...others] = viewer.hangings;
  const joint = [all, ...others.filter((hanging) => !onlyView(hanging))].filter((each) => !!each);
  return (
    <div className="toolbar" role="toolbar" aria-label={t("viewer")}>
      <div className="group">
        {joint.map((hanging) => (
          <Tool
            key={hanging.key}
            label={translateLabel(hanging.label)}
            hint={HANGING_KEYS[hanging.key] ?? "1"}
            pressed={state.hanging === hanging}
            onClick={act(() => viewer.hang(hanging))}
          />
        ))}
        {others.length > 0 && (
          <Tool
            label={t("single")}
            hint="4"
            pressed={onlyView(state.hanging) !== null}
            onClick={act(() => viewer.run({ do: "hang", key: "single" }))}
          />
        )}
      </div>
      <div className="group">
        {PRESETS.map((preset) => (
          <Tool
            key={preset.key}
            label={translateLabel(preset.label)}
            hint="V"
            pressed={state.preset === preset.key}
            onClick={act(() => viewer.setWindow(preset.change))}
          />
        ))}
        <Tool
          label={translateLabel("Sigmoid")}
          hint="C"
          pressed={state.curve === "sigmoid"}
          onClick={act(() => viewer.run({ do: "curve" }))}
        />
        <Tool
          label={t("invert")}
          hint="I"
          pressed={state.inverted}
          onClick={act(() => viewer.run({ do: "invert" }))}
        />
      </div>
      <div className="group">
        <Tool label={t("fit")} hint="F" onClick={act(() => viewer.run({ do: "fit" }))} />
        <Tool
          label="1:1"
          hint="O"
          pressed={Math.abs(state.zoom - 1) < 0.005}
          onClick={act(() => viewer.run({ do: "one-to-one" }))}
        />
        <Tool
          label={translateLabel("True size")}
          hint={translateLabel("Y, by the display check")}
          pressed={state.trueSize}
          onClick={act(() => viewer.run({ do: "true-size" }))}
        />
        <Tool
          label={t("sync")}
          hint="S"
          pressed={state.synchronised}
          onClick={act(() => viewer.run({ do: "sync" }))}
        />
        <Tool
          label={t("pan")}
          hint="W"
          pressed={state.dragTool === "pan"}
          onClick={act(() => viewer.run({ do: "tool" }))}
        />
        <Tool
          label={translateLabel("Loupe")}
          hint="G"
          pressed={state.loupe}
          onClick={act(() => viewer.run({ do: "loupe" }))}
        />
        <Tool
          label={translateLabel("Ruler")}
          hint="U"
          pressed={state.dragTool === "ruler"}
          onClick={act(() => viewer.run({ do: "ruler" }))}
        />
        <Tool label={t("reset")} hint="R" onClick={act(() => viewer.run({ do: "reset" }))} />
      </div>
      {hasPrior && (
        <div className="group">
          <Tool
            label={t("prior")}
            hint="P"
            pressed={state.priorShown}
            onClick={act(() => viewer.showPrior(!state.priorShown))}
          />
          <Tool
            label={translateLabel("Beside")}
            hint={translateLabel("Shift P")}
            pressed={state.besideShown}
            onClick={act(() => viewer.showBeside(!state.besideShown))}
          />
        </div>
      )}
      {children}
      <span className="spacer" />
      <span className="muted numeric small">
        {state.part && `${t("part", { n: state.part.number, count: state.part.count })}, `}
        {Math.round(state.zoom * 100)} %
      </span>
      <Tool label={translateLabel("Display")} hint={translateLabel("grey steps and true size")} onClick={() => setChecking(true)} />
      <Tool label={t("keys")} hint="?" onClick={onHelp} />
      {checking && (
        <DisplayCheck
          onClose={(cssPxPerMm) => {
            setChecking(false);
            viewer.setTrueSize(cssPxPerMm);
          }}
        />
      )}
    </div>
  );
}
