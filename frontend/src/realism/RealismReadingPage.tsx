import { useQuery } from "@tanstack/react-query";
import { queryClient } from "../api/queries";
import { getRealismReading } from "../api/requests";
import { t } from "../i18n/translate";
import { Link } from "../ui/Link";
import { Failure, Notice } from "../ui/Notice";
import { Page, useTitle } from "../ui/Page";
import { RealismRoom } from "./RealismRoom";
import { ResultPage } from "./ResultPage";

/** One reader's way through the test: the images one by one, and the result at the end. */
export function RealismReadingPage({ readingId }: { readonly readingId: string }) {
  useTitle(t("realOrSynthetic"));
  const reading = useQuery({
    queryKey: ["realism-reading", readingId],
    queryFn: () => getRealismReading(readingId),
    staleTime: 5000,
  });
  if (reading.error) {
    return (
      <Page title={t("realOrSynthetic")}>
        <Failure error={reading.error} onRetry={() => reading.refetch()} />
        <BackLink />
      </Page>
    );
  }
  if (!reading.data) return <main id="content" className="room" tabIndex={-1} aria-busy="true" />;
  if (reading.data.completed_at) return <ResultPage reading={reading.data} />;
  if (reading.data.removed) {
    return (
      <Page title={t("realOrSynthetic")}>
        <Notice tone="warning">{t("realismRemoved")}</Notice>
        <BackLink />
      </Page>
    );
  }
  const finish = (): void => {
    void queryClient.invalidateQueries({ queryKey: ["realism"] });
    void queryClient.invalidateQueries({ queryKey: ["generator-card"] });
    void reading.refetch();
  };
  return <RealismRoom reading={reading.data} onFinish={finish} />;
}

const BackLink = () => (
  <p>
    <Link to="/real-or-synthetic">{t("realOrSynthetic")}</Link>
  </p>
);
