/** The viewer: what stands over the images, and what can go wrong with them. */
export const VIEWER = {
  notForDiagnosis: "SYNTHETIC - not for diagnosis",
  mixedImages: "Research test, mixed images - not for diagnosis",
  stageMarking:
    "Mammogram: {views}. Arrow keys move the crosshair, M places a mark, Tab goes through the " +
    "marks, question mark shows all keys.",
  stageLooking:
    "Mammogram: {views}. Arrow keys move the crosshair, Tab goes through the marks, question mark " +
    "shows all keys.",
  imageOf: "{view}, {picture}",
  imageOfPrior: "{view} of the exam before, {picture}",
  syntheticMammogram: "synthetic mammogram",
  loadingImage: "Loading",
  imageRefused: "The server did not give this image (status {status}).",
  imageDamaged: "This image arrived damaged twice, so it is not shown.",
  imageLost: "This image did not arrive: the connection to the server was lost.",
  imageUnreadable: "This image could not be read.",
  decoderStopped: "The image decoder stopped. Reload the page.",
} as const;
