/** The display check. */
export const DISPLAY = {
  displayCheck: "Check your display",
  displaySteps:
    "Every step should differ from the next, and the small square should show in the first and in " +
    "the last. If not: dim the room, set the screen’s brightness and contrast anew, and look straight " +
    "at it.",
  displayStepsSeen: "Twelve steps of grey from black to white; a faint square in the first and in the last",
  centimetre: "1 cm",
  displayCard:
    "Hold a bank card to the screen and make the outline as large as it; or make the bar one " +
    "centimetre long by a ruler.",
  displayBar: "Make the bar one centimetre long by a ruler.",
  displayPoints: "{n} screen points to a centimetre",
  displayCheckedOn: "This screen was last set on {day}.",
  displayNeverChecked: "This screen was never set.",
  displayNotKept:
    "This browser does not let the site keep the size. Allow it to store data for this site.",
  displayKeep: "All steps seen: keep this size",
  displayOffer:
    "Does this screen show every step of grey, and how long is a centimetre on it? It takes half a " +
    "minute. Under Display in the tools you find it again.",
  displayNow: "Check now",
  displayLater: "In a week",
} as const;
