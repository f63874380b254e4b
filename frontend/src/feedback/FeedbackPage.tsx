import { useQuery } from "@tanstack/react-query";
import { useVocabulary } from "../api/queries";
import { getAssignment, getFeedback } from "../api/requests";
import { t } from "../i18n/translate";
import { Link } from "../ui/Link";
import { Failure } from "../ui/Notice";
import { Page, useTitle } from "../ui/Page";
import { FeedbackRoom } from "./FeedbackRoom";

export function FeedbackPage({ readingId }: { readonly readingId: string }) {
  useTitle(t("feedback"));
  const feedback = useQuery({
    queryKey: ["feedback", readingId],
    queryFn: () => getFeedback(readingId),
    staleTime: Infinity,
  });
  const assignmentId = feedback.data?.assignment;
  const assignment = useQuery({
    queryKey: ["read-assignment", assignmentId],
    queryFn: () => getAssignment(assignmentId as string),
    enabled: assignmentId !== undefined,
    staleTime: Infinity,
  });
  const vocabulary = useVocabulary();
  const error = feedback.error ?? assignment.error ?? vocabulary.error;
  if (error) {
    return (
      <Page title={t("feedbackCannotBeShown")}>
        <Failure error={error} onRetry={() => feedback.refetch()} />
        <p>
          <Link to="/">{t("goToStart")}</Link>
        </p>
      </Page>
    );
  }
  if (!feedback.data || !assignment.data || !vocabulary.data) {
    return <main id="content" className="room" tabIndex={-1} aria-busy="true" />;
  }
  return (
    <FeedbackRoom
      feedback={feedback.data}
      images={assignment.data.case}
      vocabulary={vocabulary.data}
    />
  );
}
