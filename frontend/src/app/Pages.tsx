import { useId, useState, type FocusEvent, type KeyboardEvent } from "react";
import type { Me } from "../api/types";
import { t } from "../i18n/translate";
import { Link } from "../ui/Link";
import { pagesOf, type Route } from "./routes";

/** The pages a person may visit; those that are not for every day wait behind "More". */
export function Pages({ me, path }: { readonly me: Me; readonly path: string }) {
  const { daily, more } = pagesOf(me.roles);
  return (
    <nav className="site-nav" aria-label={t("pages")}>
      <ul>
        <Items routes={daily} path={path} />
        {more.length > 0 && (
          <li>
            <More routes={more} path={path} />
          </li>
        )}
      </ul>
    </nav>
  );
}

const Items = ({ routes, path }: { readonly routes: readonly Route[]; readonly path: string }) =>
  routes.map((route) => (
    <li key={route.path}>
      <Link to={route.path} aria-current={route.path === path ? "page" : undefined}>
        {t(route.label)}
      </Link>
    </li>
  ));

/** A list of links that opens under its button; Escape, and going elsewhere, close it. */
function More({ routes, path }: { readonly routes: readonly Route[]; readonly path: string }) {
  const [open, setOpen] = useState(false);
  const list = useId();
  const here = routes.some((route) => route.path === path);
  const leave = (event: FocusEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  const close = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key !== "Escape" || !open) return;
    // In the reading room Escape also goes to the images; here it closes the list, and that is all.
    event.stopPropagation();
    setOpen(false);
    event.currentTarget.querySelector("button")?.focus();
  };
  return (
    <div className="more" onBlur={leave} onKeyDown={close}>
      <button
        type="button"
        className={here ? "is-here" : undefined}
        aria-expanded={open}
        aria-controls={list}
        onClick={() => setOpen(!open)}
      >
        {t("more")}
      </button>
      <ul id={list} hidden={!open}>
        <Items routes={routes} path={path} />
      </ul>
    </div>
  );
}
