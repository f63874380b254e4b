import { useQuery } from "@tanstack/react-query";
import { getCurriculum, getCurriculumDefaults } from "../api/requests";
import { t } from "../i18n/translate";
import { Link } from "../ui/Link";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";
import { CurriculumEditor } from "./CurriculumEditor";

/** One curriculum, or a new one, to be edited. */
export function CurriculumPage({ curriculum }: { readonly curriculum: string }) {
  const id = curriculum === "new" ? null : Number(curriculum);
  const defaults = useQuery({
    queryKey: ["curriculum-defaults"],
    queryFn: getCurriculumDefaults,
    staleTime: Infinity,
  });
  const found = useQuery({
    queryKey: ["curriculum", id],
    queryFn: () => getCurriculum(id as number),
    enabled: id !== null,
    // What is being edited is not exchanged under the editor's hands.
    staleTime: Infinity,
    gcTime: 0,
  });
  const error = defaults.error ?? found.error;
  return (
    <Page
      title={found.data?.name ?? t(id === null ? "editorNew" : "pageCurricula")}
      intro={t("editorIntro")}
      actions={
        <Link to="/curricula" className="button">
          {t("editorBack")}
        </Link>
      }
    >
      {error && <Failure error={error} onRetry={() => (defaults.error ? defaults : found).refetch()} />}
      {!error && (defaults.isPending || found.isLoading) && <Loading />}
      {defaults.data && (id === null || found.data) && (
        <CurriculumEditor
          key={found.data?.version ?? 0}
          defaults={defaults.data}
          curriculum={found.data ?? null}
          onReload={() => void found.refetch()}
        />
      )}
    </Page>
  );
}
