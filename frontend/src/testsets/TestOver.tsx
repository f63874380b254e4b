import { t } from "../i18n/translate";
import { Link } from "../ui/Link";
import { testPath } from "./go-on";

/** Stands where the reading was to be submitted, once a test set takes no more. */
export const TestOver = ({
  session,
  timeUp,
}: {
  readonly session: string;
  readonly timeUp: boolean;
}) => (
  <div className="side-foot" role="alert">
    <p>{t(timeUp ? "timeIsUpText" : "testIsOver")}</p>
    <Link to={testPath(session)} className="button is-primary">
      {t("seeResult")}
    </Link>
  </div>
);
