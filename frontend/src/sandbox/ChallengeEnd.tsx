import { t } from "../i18n/translate";
import { Link } from "../ui/Link";

/** After a challenge there is no next case: where one may go. */
export const ChallengeEnd = ({ text }: { readonly text: string }) => (
  <div className="side-foot">
    <p className="small muted">{text}</p>
    <Link to="/sandbox" className="button">
      {t("toTheSandbox")}
    </Link>
    <Link to="/" className="button is-primary">
      {t("goToStart")}
    </Link>
  </div>
);
