import { useQuery } from "@tanstack/react-query";
import { ApiError } from "../api/client";
import { useGenerators } from "../api/queries";
import { getGeneratorCard } from "../api/requests";
import type { Me, Role } from "../api/types";
import { t } from "../i18n/translate";
import { Link } from "../ui/Link";
import { Failure, Loading, Notice } from "../ui/Notice";
import { Page } from "../ui/Page";
import { navigate } from "../ui/router";
import { Card } from "./Card";

const DEFAULT = "default";
// Who may list the generators of a site; a card may be read by all.
const LISTERS: readonly Role[] = ["educator", "director", "operator"];

/** What the generator of these images is for, how it was measured, and where it falls short. */
export function ModelCardPage({
  generator = DEFAULT,
  me,
}: {
  /** SHA-256 of its weights; by default the one that draws where none is named. */
  readonly generator?: string | undefined;
  readonly me: Me;
}) {
  const card = useQuery({
    queryKey: ["generator-card", generator],
    queryFn: () => getGeneratorCard(generator),
  });
  const missing = card.error instanceof ApiError && card.error.status === 404;
  return (
    <Page
      title={t("pageModelCard")}
      intro={t("cardIntro")}
      actions={
        LISTERS.some((role) => me.roles.includes(role)) && (
          <GeneratorChoice shown={card.data?.sha256 ?? null} />
        )
      }
    >
      {card.isPending && <Loading />}
      {missing && (
        <Notice tone="warning">
          {generator === DEFAULT
            ? t("cardMissing")
            : t("cardOfMissing", { name: generator.slice(0, 12) })}{" "}
          {generator !== DEFAULT && <Link to="/model-card">{t("cardOfDefault")}</Link>}
        </Notice>
      )}
      {card.error && !missing && <Failure error={card.error} onRetry={() => card.refetch()} />}
      {card.data && <Card card={card.data} />}
    </Page>
  );
}

/** Where a site has several generators: which one's card is shown. */
function GeneratorChoice({ shown }: { readonly shown: string | null }) {
  const generators = useGenerators();
  if (!generators.data || generators.data.length < 2) return null;
  return (
    <div className="field">
      <label htmlFor="generator">{t("wishGenerator")}</label>
      <select
        id="generator"
        value={shown ?? ""}
        onChange={(event) => navigate(`/model-card/${event.target.value}`)}
      >
        {shown === null && <option value="">{t("notOnSite")}</option>}
        {generators.data.map(({ sha256, name, is_default }) => (
          <option key={sha256} value={sha256}>
            {is_default ? t("inUse", { name }) : name}
          </option>
        ))}
      </select>
    </div>
  );
}
