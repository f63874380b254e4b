import { readCsrfToken } from "../api/client";
import type { Me } from "../api/types";
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
      <nav className="site-nav" aria-label="Pages">
        <ul>
          {routes.map((route) => (
            <li key={route.path}>
              <Link to={route.path} aria-current={route.path === path ? "page" : undefined}>
                {route.label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <span className="spacer" />
      <span className="synthetic">SYNTHETIC - not for diagnosis</span>
      {me && (
        <div className="site-person">
          <span>{me.name || me.email}</span>
          <form method="post" action="/accounts/logout/">
            <input type="hidden" name="csrfmiddlewaretoken" value={readCsrfToken()} />
            <button type="submit" className="button is-quiet">
              Sign out
            </button>
          </form>
        </div>
      )}
    </header>
  );
}
