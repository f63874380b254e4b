/** The viewer's keys: what they do and what the key map says of them. */

export type ViewerCommand =
  | { readonly do: "step"; readonly by: 1 | -1 }
  | { readonly do: "hang"; readonly key: "four" | "cc" | "mlo" | "single" }
  | { readonly do: "cross"; readonly right: number; readonly down: number }
  | { readonly do: "next-view"; readonly by: 1 | -1 }
  | { readonly do: "pan"; readonly right: number; readonly down: number }
  | { readonly do: "zoom"; readonly factor: number }
  | { readonly do: "window"; readonly dx: number; readonly dy: number }
  | SimpleCommand;

export interface SimpleCommand {
  readonly do:
    | "place"
    | "fit"
    | "one-to-one"
    | "reset"
    | "invert"
    | "sync"
    | "preset"
    | "tool"
    | "lesions"
    | "prior"
    | "beside"
    | "curve"
    | "loupe"
    | "loupe-size"
    | "ruler"
    | "true-size";
}

interface Binding {
  readonly keys: readonly string[];
  readonly shown: string;
  readonly label: string;
  readonly command: (key: string, shift: boolean) => ViewerCommand;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function arrowCommand(key: string, shift: boolean): ViewerCommand {
  const [right, down] = ARROWS[key] ?? [0, 0];
  return { do: shift ? "pan" : "cross", right, down };
}

const simple =
  (name: SimpleCommand["do"]) =>
  (): ViewerCommand => ({ do: name });

export const VIEWER_KEYS: readonly Binding[] = [
  {
    keys: Object.keys(ARROWS),
    shown: "Arrow keys",
    label: "Move the crosshair (with Shift: pan)",
    command: arrowCommand,
  },
  { keys: ["m", "Enter"], shown: "M or Enter", label: "Place a mark at the crosshair", command: simple("place") },
  {
    keys: ["n"],
    shown: "N, Shift N",
    label: "Crosshair to the next or previous view",
    command: (_key, shift) => ({ do: "next-view", by: shift ? -1 : 1 }),
  },
  {
    keys: [" "],
    shown: "Space, Shift Space",
    label: "Next or previous step: all four, the pairs, then each view in 1:1, part by part",
    command: (_key, shift) => ({ do: "step", by: shift ? -1 : 1 }),
  },
  {
    keys: ["1", "2", "3", "4"],
    shown: "1 2 3 4",
    label: "All four, CC pair, MLO pair, the crosshair's view alone",
    command: (key) => ({
      do: "hang",
      key: (["four", "cc", "mlo", "single"] as const)[Number(key) - 1] ?? "four",
    }),
  },
  {
    keys: ["+", "=", "-", "_"],
    shown: "+ and -",
    label: "Zoom in and out at the crosshair",
    command: (key) => ({ do: "zoom", factor: key === "+" || key === "=" ? 1.25 : 0.8 }),
  },
  { keys: ["f", "0"], shown: "F or 0", label: "Fit to the screen", command: simple("fit") },
  { keys: ["o"], shown: "O", label: "One image pixel per screen pixel (1:1)", command: simple("one-to-one") },
  {
    keys: ["[", "]", ",", "."],
    shown: "[ ] and , .",
    label: "Contrast up and down, darker and brighter",
    command: (key) => ({
      do: "window",
      dx: key === "[" ? -16 : key === "]" ? 16 : 0,
      dy: key === "," ? 16 : key === "." ? -16 : 0,
    }),
  },
  {
    keys: ["p"],
    shown: "P, Shift P",
    label: "The exam before in place, or beside this one; and back",
    command: (_key, shift) => ({ do: shift ? "beside" : "prior" }),
  },
  { keys: ["v"], shown: "V", label: "Next window preset", command: simple("preset") },
  { keys: ["c"], shown: "C", label: "Grey curve: linear or sigmoid", command: simple("curve") },
  { keys: ["i"], shown: "I", label: "Invert (air stays black)", command: simple("invert") },
  {
    keys: ["g"],
    shown: "G, Shift G",
    label: "Loupe on or off; its next size (or Shift and wheel)",
    command: (_key, shift) => ({ do: shift ? "loupe-size" : "loupe" }),
  },
  {
    keys: ["u"],
    shown: "U",
    label: "Ruler on or off: drag, or move the crosshair; M begins anew",
    command: simple("ruler"),
  },
  { keys: ["y"], shown: "Y", label: "True size, by the display check", command: simple("true-size") },
  { keys: ["s"], shown: "S", label: "Views move together, or one by one", command: simple("sync") },
  { keys: ["w"], shown: "W", label: "Dragging sets the window, or pans", command: simple("tool") },
  { keys: ["r"], shown: "R", label: "Reset window, zoom and pan", command: simple("reset") },
  { keys: ["b"], shown: "B", label: "Lesions on or off", command: simple("lesions") },
];

/** The command of a key press on the stage, or null. Held Ctrl, Alt or Meta belong to the browser. */
export function commandOf(
  event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey">,
): ViewerCommand | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const binding = VIEWER_KEYS.find((candidate) => candidate.keys.includes(key));
  return binding ? binding.command(key, event.shiftKey) : null;
}
