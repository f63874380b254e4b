import type { DISPLAY as ENGLISH } from "../en/display";

export const DISPLAY: Readonly<Record<keyof typeof ENGLISH, string>> = {
  displayCheck: "Prüfen Sie Ihren Bildschirm",
  displaySteps:
    "Jede Stufe soll sich von der nächsten unterscheiden, und in der ersten und der letzten soll das " +
    "kleine Quadrat zu sehen sein. Wenn nicht: Dunkeln Sie den Raum ab, stellen Sie Helligkeit und " +
    "Kontrast des Bildschirms neu ein, und sehen Sie gerade auf ihn.",
  displayStepsSeen:
    "Zwölf Graustufen von Schwarz bis Weiß; ein schwaches Quadrat in der ersten und in der letzten",
  centimetre: "1 cm",
  displayCard:
    "Halten Sie eine Bankkarte an den Bildschirm und machen Sie den Umriss so groß wie sie; oder " +
    "machen Sie den Balken nach einem Lineal einen Zentimeter lang.",
  displayBar: "Machen Sie den Balken nach einem Lineal einen Zentimeter lang.",
  displayPoints: "{n} Bildschirmpunkte je Zentimeter",
  displayCheckedOn: "Dieser Bildschirm wurde zuletzt am {day} eingestellt.",
  displayNeverChecked: "Dieser Bildschirm wurde noch nie eingestellt.",
  displayNotKept:
    "Dieser Browser lässt die Größe nicht merken. Erlauben Sie ihm, Daten dieser Seite zu speichern.",
  displayKeep: "Alle Stufen gesehen: Größe merken",
  displayOffer:
    "Zeigt dieser Bildschirm jede Graustufe, und wie lang ist auf ihm ein Zentimeter? Es dauert eine " +
    "halbe Minute. Unter Anzeige bei den Werkzeugen finden Sie es wieder.",
  displayNow: "Jetzt prüfen",
  displayLater: "In einer Woche",
};
