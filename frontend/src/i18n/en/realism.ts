/** Real or synthetic: the reader test over mixed images. */
export const REALISM = {
  realOrSynthetic: "Real or synthetic?",
  realismIntro:
    "A short test, as you like: mammograms one by one, some real, some made by the generator. Say " +
    "which you think each is, and how sure you are.",
  realismNoImages: "This site has no real images of its own, so there is nothing to tell apart.",
  realismNoImagesMore:
    "The test needs real mammograms that the site's licence lets it show. Where it has some, an " +
    "operator imports them; until then no test is offered.",
  realismNoTest: {
    one: "This site has {n} real image, and no test has been drawn yet.",
    other: "This site has {n} real images, and no test has been drawn yet.",
  },
  realismNoTestMore: "An operator draws it. Then it can be begun here.",
  realismHow: "How it goes",
  realismHowMany: "{n} images, one at a time, about {minutes} minutes. You may stop and go on later.",
  realismShare: "How many are real is not told; it need not be half. Rate each image by itself.",
  realismTissue:
    "None shows a finding. All are cut to like sizes and stored alike, so judge the tissue: glands, " +
    "strands, vessels, skin.",
  realismForGood: "An answer is for good. What was right you learn at the end, image by image.",
  realismOnce: "Each test can be read once, since you know its images afterwards.",
  realismUse:
    "Answers of all readers together say on the model card how real the images look. Nobody but you " +
    "sees yours alone, and no ability is moved by them.",
  realismMargin:
    "Settled beforehand: images count as not told apart when the area under the ROC curve lies " +
    "within {low} to {high} (two one-sided tests at 5 %).",
  realismCredits: "The real images",
  realismBegin: "Begin the test",
  realismGoOn: "Go on: {answered} of {n} answered",
  realismSeeResult: "See your result",
  realismEarlier: "Earlier tests",
  realismEarlierOf: "Completed {when}",
  realismTest: "The test",
  mammogram: "mammogram, real or synthetic",
  imageCount: "Image {number} of {n}",
  realismQuestion: "What is this image?",
  surelySynthetic: "Surely synthetic",
  probablySynthetic: "Probably synthetic",
  ratherSynthetic: "Rather synthetic",
  ratherReal: "Rather real",
  probablyReal: "Probably real",
  surelyReal: "Surely real",
  answerAndGoOn: "Answer and go on",
  realismKeys: "Keys 1 to 6 choose, Enter answers. No way back: look as long as you like.",
  keySteps: "Choose from surely synthetic to surely real",
  keyAnswer: "Answer and go on to the next image",
  realismSaved: "All answers are saved.",
  realismSaving: "Saving…",
  realismKept: {
    one: "{n} answer waits in this browser until the server can be reached.",
    other: "{n} answers wait in this browser until the server can be reached.",
  },
  realismKeptSignedOut: {
    one: "You are signed out. {n} answer waits in this browser.",
    other: "You are signed out. {n} answers wait in this browser.",
  },
  realismRefused: "An answer was not taken: {reason}",
  realismSending: "All images are answered. The result comes when the last answers are sent.",
  realismRemoved: "The images of this test were removed by the site. What you answered is kept.",
  yourResult: "Your result",
  readersFound: "What this site's readers found",
  realismArea: "Area under the ROC curve",
  realismAreaMeans: "0.50 is guessing, 1.00 knows them all",
  realismCorrect: "Named rightly",
  realismMedianTime: "Time per image, median",
  secondsShort: "{n} s",
  interval95: "95 % interval {low} to {high}",
  realismReaders: "{readers} readers, {real} real and {synthetic} synthetic images",
  realismImages: "{real} real and {synthetic} synthetic images",
  verdictEquivalent:
    "Could not be told apart: the area lies within {margin} of guessing (90 % interval {low} to {high}).",
  verdictToldApart:
    "Told apart: better or worse than guessing, beyond chance (90 % interval {low} to {high}, margin {margin}).",
  verdictUndecided:
    "Undecided: neither told apart beyond chance, nor shown to be within {margin} of guessing " +
    "(90 % interval {low} to {high}).",
  realismTooFew: "Not enough readings for a figure: at least {readers} readers and {images} images of each kind.",
  realismTooFewOwn: "Not enough images for a figure: at least {images} of each kind.",
  notMeasuredHere: "Not measured here yet: no reader of this site has taken the test with these weights.",
  takeTheTest: "Real or synthetic? Take the test",
  readersIntro:
    "Readers of this site rated real and synthetic images without knowing which were which. " +
    "Readers and images both count as a sample.",
  testDrawnOn: "Images drawn {when}.",
  realismCues: "What told without looking at the tissue",
  realismCuesIntro:
    "How well each property alone tells the images apart: area under the ROC curve, 0.50 tells nothing.",
  cueSize: "Size of the breast shown",
  cueBrightness: "Brightness as first shown",
  cueContrast: "Contrast as first shown",
  cueFile: "Bytes of the image",
  imageByImage: "Image by image",
  imageByImageIntro: "Choose one to see it again.",
  itWasReal: "Real",
  itWasSynthetic: "Synthetic",
  youSaid: "You said: {answer}",
  lookAtImage: "Look at image {number}",
  backToResult: "Back to the result",
  giveaways: "Which images gave themselves away",
  giveawaysIntro:
    "For whoever makes the generator: each image of the test, those named rightly most often first.",
  giveawayImage: "Image",
  giveawayCase: "Case",
  giveawayWas: "It was",
  giveawayRating: "Mean rating, 0 synthetic to 100 real",
  viewWithDensity: "{view}, density {density}",
} as const;
