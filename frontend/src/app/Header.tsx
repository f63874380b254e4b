import { useMutation } from "@tanstack/react-query";
import { readCsrfToken } from "../api/client";
import { setLanguage } from "../api/requests";
import type { Me } from "../api/types";
import { currentLanguage, LANGUAGES, t, type Language } from "../i18n/translate";
import { Link } from "../ui/Link";
import { Pages } from "./Pages";

export function Header({ me, path }: { readonly me: Me | null; readonly path: string }) {
  return (
    <header className="site-header">
      <Link to="/" className="site-name">
        Parenchyma
      </Link>
      {me ? <Pages key={path} me={me} path={path} /> : <nav aria-label={t("pages")} />}
      <span className="spacer" />
      <span className="synthetic">{t(bannerOf(path))}</span>
      {me && (
        <div className="site-person">
          <LanguageChoice />
          <span className="name" title={me.email}>
            {me.name || me.email}
          </span>
          <form method="post" action="/accounts/logout/">
            <input type="hidden" name="csrfmiddlewaretoken" value={readCsrfToken()} />
            <button type="submit" className="button is-quiet">
              {t("signOut")}
            </button>
          </form>
        </div>
      )}
    </header>
  );
}

/** What holds of every image on a page: in the reader test some may be real. */
const bannerOf = (path: string) =>
  path.startsWith("/real-or-synthetic") ? "mixedImages" : "notForDiagnosis";

/** Kept with the person; the page is drawn anew in the language. */
function LanguageChoice() {
  const choose = useMutation({
    mutationFn: setLanguage,
    onSuccess: () => location.reload(),
  });
  return (
    <select
      className="language"
      aria-label={t("language")}
      value={currentLanguage()}
      disabled={choose.isPending}
      onChange={(event) => choose.mutate(event.target.value as Language)}
    >
      {Object.entries(LANGUAGES).map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}
