import { useEffect, useRef, type ReactNode } from "react";

/** A modal dialog of the browser's own kind: focus held inside, Escape closes. */
export function Dialog({
  title,
  lang,
  onClose,
  children,
}: {
  readonly title: string;
  /** Where it is not the page's. */
  readonly lang?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} lang={lang} aria-labelledby="dialog-title" onCancel={onClose} onClose={onClose}>
      <h2 id="dialog-title">{title}</h2>
      {children}
    </dialog>
  );
}
