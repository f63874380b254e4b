import type { Feedback } from "../api/types";
import { t } from "../i18n/translate";
import { Link } from "../ui/Link";

const SHORT = 12;

/** Which generator drew the images, and the way to its card. */
export function Origin({ generator: { sha256, name } }: { readonly generator: Feedback["generator"] }) {
  if (!sha256) return null;
  return (
    <p className="muted small">
      {t("drawnByGenerator", { name: [name, sha256.slice(0, SHORT)].filter(Boolean).join(", ") })}{" "}
      <Link to={`/model-card/${sha256}`}>{t("whatItCan")}</Link>
    </p>
  );
}
