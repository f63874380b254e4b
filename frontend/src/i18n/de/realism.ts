import type { Part } from "../en";
import type { REALISM as ENGLISH } from "../en/realism";

/** Echt oder synthetisch. */
export const REALISM: Part<typeof ENGLISH> = {
  realOrSynthetic: "Echt oder synthetisch?",
  realismIntro:
    "Ein kurzer Test, freiwillig: Mammogramme eins nach dem anderen, manche echt, manche vom " +
    "Generator gemacht. Sagen Sie, was jedes ist, und wie sicher Sie sind.",
  realismNoImages:
    "Diese Installation hat keine eigenen echten Bilder; es gibt also nichts zu unterscheiden.",
  realismNoImagesMore:
    "Der Test braucht echte Mammogramme, die laut Lizenz hier gezeigt werden dürfen. Wo es welche " +
    "gibt, liest ein Betreiber sie ein; bis dahin wird kein Test angeboten.",
  realismNoTest: {
    one: "Hier gibt es {n} echtes Bild, aber noch keinen Test.",
    other: "Hier gibt es {n} echte Bilder, aber noch keinen Test.",
  },
  realismNoTestMore: "Ein Betreiber stellt ihn zusammen. Dann kann er hier begonnen werden.",
  realismHow: "So geht es",
  realismHowMany:
    "{n} Bilder, eins nach dem anderen, etwa {minutes} Minuten. Sie können aufhören und später weitermachen.",
  realismShare:
    "Wie viele echt sind, wird nicht gesagt; es muss nicht die Hälfte sein. Beurteilen Sie jedes Bild für sich.",
  realismTissue:
    "Keines zeigt einen Befund. Alle sind auf ähnliche Größe geschnitten und gleich gespeichert; " +
    "beurteilen Sie also das Gewebe: Drüse, Stränge, Gefäße, Haut.",
  realismForGood:
    "Eine Antwort gilt endgültig. Was richtig war, erfahren Sie am Ende, Bild für Bild.",
  realismOnce: "Jeder Test kann einmal bearbeitet werden, denn danach kennen Sie seine Bilder.",
  realismUse:
    "Die Antworten aller zusammen sagen auf der Modellkarte, wie echt die Bilder wirken. Ihre allein " +
    "sieht niemand außer Ihnen, und keine Fähigkeit ändert sich durch sie.",
  realismMargin:
    "Vorher festgelegt: Die Bilder gelten als nicht unterscheidbar, wenn die Fläche unter der " +
    "ROC-Kurve zwischen {low} und {high} liegt (zwei einseitige Tests zu 5 %).",
  realismCredits: "Die echten Bilder",
  realismBegin: "Test beginnen",
  realismGoOn: "Weitermachen: {answered} von {n} beantwortet",
  realismSeeResult: "Ihr Ergebnis ansehen",
  realismEarlier: "Frühere Tests",
  realismEarlierOf: "Abgeschlossen {when}",
  realismTest: "Der Test",
  mammogram: "Mammogramm, echt oder synthetisch",
  imageCount: "Bild {number} von {n}",
  realismQuestion: "Was ist dieses Bild?",
  surelySynthetic: "Sicher synthetisch",
  probablySynthetic: "Wahrscheinlich synthetisch",
  ratherSynthetic: "Eher synthetisch",
  ratherReal: "Eher echt",
  probablyReal: "Wahrscheinlich echt",
  surelyReal: "Sicher echt",
  answerAndGoOn: "Antworten und weiter",
  realismKeys:
    "Tasten 1 bis 6 wählen, Enter antwortet. Kein Weg zurück: Schauen Sie, so lange Sie möchten.",
  keySteps: "Wählen von sicher synthetisch bis sicher echt",
  keyAnswer: "Antworten und weiter zum nächsten Bild",
  realismSaved: "Alle Antworten sind gespeichert.",
  realismSaving: "Wird gespeichert…",
  realismKept: {
    one: "{n} Antwort wartet in diesem Browser, bis der Server erreichbar ist.",
    other: "{n} Antworten warten in diesem Browser, bis der Server erreichbar ist.",
  },
  realismKeptSignedOut: {
    one: "Sie sind abgemeldet. {n} Antwort wartet in diesem Browser.",
    other: "Sie sind abgemeldet. {n} Antworten warten in diesem Browser.",
  },
  realismRefused: "Eine Antwort wurde nicht angenommen: {reason}",
  realismSending:
    "Alle Bilder sind beantwortet. Das Ergebnis kommt, sobald die letzten Antworten gesendet sind.",
  realismRemoved:
    "Die Bilder dieses Tests wurden hier entfernt. Was Sie geantwortet haben, bleibt erhalten.",
  yourResult: "Ihr Ergebnis",
  readersFound: "Was die Befundenden hier fanden",
  realismArea: "Fläche unter der ROC-Kurve",
  realismAreaMeans: "0,50 ist geraten, 1,00 kennt sie alle",
  realismCorrect: "Richtig benannt",
  realismMedianTime: "Zeit pro Bild, Median",
  secondsShort: "{n} s",
  interval95: "95-%-Intervall {low} bis {high}",
  realismReaders: "{readers} Befundende, {real} echte und {synthetic} synthetische Bilder",
  realismImages: "{real} echte und {synthetic} synthetische Bilder",
  verdictEquivalent:
    "Nicht zu unterscheiden: Die Fläche liegt um höchstens {margin} neben dem Raten (90-%-Intervall {low} bis {high}).",
  verdictToldApart:
    "Unterschieden: besser oder schlechter als geraten, über den Zufall hinaus (90-%-Intervall {low} bis {high}, Spielraum {margin}).",
  verdictUndecided:
    "Unentschieden: weder über den Zufall hinaus unterschieden noch erwiesen, dass die Fläche um " +
    "höchstens {margin} neben dem Raten liegt (90-%-Intervall {low} bis {high}).",
  realismTooFew:
    "Nicht genug Befundungen für eine Zahl: mindestens {readers} Befundende und {images} Bilder jeder Art.",
  realismTooFewOwn: "Nicht genug Bilder für eine Zahl: mindestens {images} jeder Art.",
  notMeasuredHere:
    "Hier noch nicht gemessen: Niemand hat hier den Test mit diesen Gewichten gemacht.",
  takeTheTest: "Echt oder synthetisch? Test machen",
  readersIntro:
    "Befundende dieser Installation beurteilten echte und synthetische Bilder, ohne zu wissen, welche " +
    "welche waren. Befundende und Bilder gelten beide als Stichprobe.",
  testDrawnOn: "Bilder zusammengestellt {when}.",
  realismCues: "Was ohne Blick auf das Gewebe verriet",
  realismCuesIntro:
    "Wie gut jede Eigenschaft allein die Bilder unterscheidet: Fläche unter der ROC-Kurve, 0,50 verrät nichts.",
  cueSize: "Größe der gezeigten Brust",
  cueBrightness: "Helligkeit, wie zuerst gezeigt",
  cueContrast: "Kontrast, wie zuerst gezeigt",
  cueFile: "Bytes des Bildes",
  imageByImage: "Bild für Bild",
  imageByImageIntro: "Wählen Sie eines, um es noch einmal zu sehen.",
  itWasReal: "Echt",
  itWasSynthetic: "Synthetisch",
  youSaid: "Ihre Antwort: {answer}",
  lookAtImage: "Bild {number} ansehen",
  backToResult: "Zurück zum Ergebnis",
  giveaways: "Welche Bilder sich verraten haben",
  giveawaysIntro:
    "Für alle, die den Generator machen: jedes Bild des Tests, die am häufigsten richtig benannten zuerst.",
  giveawayImage: "Bild",
  giveawayCase: "Fall",
  giveawayWas: "Es war",
  giveawayRating: "Mittlere Bewertung, 0 synthetisch bis 100 echt",
  viewWithDensity: "{view}, Dichte {density}",
};
