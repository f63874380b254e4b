import { useEffect, useRef, type ReactNode } from "react";

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
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? "is-wide" : undefined}
      aria-labelledby="dialog-title"
      onCancel={onClose}
      onClose={onClose}
    >
      <h2 id="dialog-title">{title}</h2>
      {children}
    </dialog>
  );
}
