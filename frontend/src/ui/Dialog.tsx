import { useId, useLayoutEffect, useRef, type ReactNode } from "react";

/** A modal dialog of the browser's own kind: focus held inside, Escape closes. */
export function Dialog({
  title,
  wide,
  onClose,
  children,
}: {
  readonly title: string;
  /** For what needs columns. */
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed before it is taken out of the page, it gives the focus back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? "is-wide" : undefined}
      aria-labelledby={id}
      onCancel={onClose}
      onClose={onClose}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
