import type { FIGURES as ENGLISH } from "../en/figures";

export const FIGURES: Readonly<Record<keyof typeof ENGLISH, string>> = {
  never: "nie",
  notEnoughReadings: "Zu wenige Befundungen",
  notEnoughAnswers: "Zu wenige Antworten",
  intervalOf: "95-%-Intervall {interval}, n = {n}",
  estimate: "{value} ({low} bis {high})",
  criterionUnknown:
    "Zu wenige Befundungen, um zu sagen, ob Sie so oft einbestellen, wie es Ihrem Können entspricht.",
  criterionMore: "Sie bestellen öfter ein, als es Ihrem Können entspricht.",
  criterionLess: "Sie bestellen seltener ein, als es Ihrem Können entspricht.",
  criterionFits:
    "Nichts spricht dafür, dass Sie öfter oder seltener einbestellen, als es Ihrem Können entspricht.",
  prevalence:
    "Die Fälle sind angereichert: {percent} der befundeten enthielten einen abklärungsbedürftigen Befund.",
  prevalenceNone:
    "Die Fälle sind angereichert, auch wenn bisher keiner der befundeten einen " +
    "abklärungsbedürftigen Befund enthielt.",
  prevalenceWarning:
    "Wiedereinbestellungsrate und Spezifität sind nicht mit denen eines Screenings vergleichbar.",
};
