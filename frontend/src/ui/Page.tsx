import { useEffect, type ReactNode } from "react";

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} - Parenchyma`;
  }, [title]);
}

/** A page with its heading, a sentence of what it is for, and what can be done on it. */
export function Page({
  title,
  intro,
  actions,
  children,
}: {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  useTitle(title);
  return (
    <main id="content" className="page" tabIndex={-1}>
      <div className="page-head">
        <div>
          <h1>{title}</h1>
          {intro && <p>{intro}</p>}
        </div>
        {actions && <div className="row">{actions}</div>}
      </div>
      {children}
    </main>
  );
}
