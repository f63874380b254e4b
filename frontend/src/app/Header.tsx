import { useMutation } from "@tanstack/react-query";
import { readCsrfToken } from "../api/client";
import { setLanguage } from "../api/requests";
import type { Me } from "../api/types";
import { currentLanguage, LANGUAGES, t, type Language } from "../i18n/translate";
import { Link } from "../ui/Link";
import { ROUTES } from "./routes";

export function Header({ me, path }: { readonly me: Me | null; readonly path: string }) {
  const routes = ROUTES.filter(
    ({ roles }) => me && (roles === null || roles.some((role) => me.roles.includes(role))),
  );
  return (
    <header className="site-header">
      <Link to="/" className="site-name">
        Parenchyma
      </Link>
      <nav className="site-nav" aria-label={t("pages")}>
        <ul>
          {routes.map((route) => (
            <li key={route.path}>
              <Link to={route.path} aria-current={route.path === path ? "page" : undefined}>
                {t(route.label)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <span className="spacer" />
      <span className="synthetic">{t("notForDiagnosis")}</span>
      {me && (
        <div className="site-person">
          <LanguageChoice />
          <span>{me.name || me.email}</span>
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
