/** What stands in the way of a picture: words alone while it is on its way, or a way to try again. */
export type Status = string | { readonly problem: string; readonly retry: () => void };

/** Tells in a pane why there is no picture, and lets it be fetched again. */
export class StatusBox {
  readonly element = document.createElement("div");
  readonly #tryAgain: string;
  #told: Status = "";

  constructor(tryAgain: string) {
    this.#tryAgain = tryAgain;
    this.element.className = "pane-status";
  }

  tell(status: Status): void {
    if (status === this.#told) return;
    this.#told = status;
    const bad = typeof status !== "string";
    this.element.classList.toggle("is-error", bad);
    this.element.removeAttribute("role");
    if (!bad) {
      this.element.replaceChildren(status);
      return;
    }
    this.element.setAttribute("role", "alert");
    const sentence = document.createElement("span");
    sentence.textContent = status.problem;
    this.element.replaceChildren(sentence, this.#button(status.retry));
  }

  #button(retry: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pane-retry";
    button.textContent = this.#tryAgain;
    button.addEventListener("click", retry);
    return button;
  }
}
