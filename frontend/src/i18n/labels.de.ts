/** German for the viewer's own words, which it keeps beside what they name; by the English word. */
export const LABELS_DE: Readonly<Record<string, string>> = {
  "All four": "Alle vier",
  All: "Alle",
  Both: "Beide",
  "CC pair": "CC-Paar",
  "MLO pair": "MLO-Paar",
  Default: "Standard",
  Dense: "Dicht",
  Contrast: "Kontrast",
  "Arrow keys": "Pfeiltasten",
  "Move the crosshair (with Shift: pan)": "Fadenkreuz bewegen (mit Umschalt: schieben)",
  "Place a mark at the crosshair": "Am Fadenkreuz markieren",
  "Crosshair to the next or previous view": "Fadenkreuz zur nächsten oder vorigen Aufnahme",
  "Next or previous step: all four, the pairs, then each view in 1:1, part by part":
    "Nächster oder voriger Schritt: alle vier, die Paare, dann jede Aufnahme in 1:1, Teil für Teil",
  "Grey curve: linear or sigmoid": "Graukurve: linear oder sigmoid",
  "Loupe on or off; its next size (or Shift and wheel)":
    "Lupe ein oder aus; ihre nächste Größe (oder Umschalt und Rad)",
  "Ruler on or off: drag, or move the crosshair; M begins anew":
    "Lineal ein oder aus: ziehen oder das Fadenkreuz bewegen; M beginnt neu",
  "True size, by the display check": "Wahre Größe, nach der Bildschirmprüfung",
  Sigmoid: "Sigmoid",
  True: "Echt",
  Loupe: "Lupe",
  Ruler: "Lineal",
  Display: "Anzeige",
  "grey steps and true size": "Graustufen und wahre Größe",
  Beside: "Daneben",
  "All four, CC pair, MLO pair, the crosshair's view alone":
    "Alle vier, CC-Paar, MLO-Paar, die Aufnahme des Fadenkreuzes allein",
  "Zoom in and out at the crosshair": "Am Fadenkreuz vergrößern und verkleinern",
  "Fit to the screen": "In den Bildschirm einpassen",
  "One image pixel per screen pixel (1:1)": "Ein Bildpunkt je Bildschirmpunkt (1:1)",
  "Contrast up and down, darker and brighter": "Mehr und weniger Kontrast, dunkler und heller",
  "The exam before in place, or beside this one; and back":
    "Voraufnahme an derselben Stelle oder daneben, und zurück",
  "Next window preset": "Nächste Fenstereinstellung",
  "Invert (air stays black)": "Invertieren (Luft bleibt schwarz)",
  "Views move together, or one by one": "Aufnahmen gemeinsam oder einzeln bewegen",
  "Dragging sets the window, or pans": "Ziehen stellt das Fenster ein oder schiebt",
  "Reset window, zoom and pan": "Fenster, Zoom und Lage zurücksetzen",
  "Lesions on or off (after the answer)": "Läsionen ein oder aus (nach der Antwort)",
};
