/** Whether a dialog lies over the page, which then has all keys. */
export const isDialogOpen = (): boolean => document.querySelector("dialog[open]") !== null;

/** Whether a key belongs to the text that has the focus. */
export const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && /text|number|email|search/.test(target.type));
