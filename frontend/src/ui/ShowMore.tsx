import type { PagesOf } from "../api/pages";
import { t } from "../i18n/translate";

/** The way to the rest of a long list, and how much of it is here. */
export function ShowMore<T>({ pages }: { readonly pages: PagesOf<T> }) {
  const shown = pages.rows?.length ?? 0;
  if (shown >= pages.count) return null;
  return (
    <div className="row">
      <button
        type="button"
        className="button"
        disabled={!pages.more || pages.isComing}
        onClick={() => pages.more?.()}
      >
        {t("showMore")}
      </button>
      <span className="muted small" role="status">
        {t("someOfAll", { some: shown, n: pages.count })}
      </span>
    </div>
  );
}
