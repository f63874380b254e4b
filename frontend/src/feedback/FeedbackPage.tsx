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
  const failed = [feedback, assignment, vocabulary].filter(({ error }) => error !== null);
  const error = failed[0]?.error;
  if (error) {
    const retry = () => Promise.all(failed.map((query) => query.refetch()));
    return (
      <Page title={t("feedbackCannotBeShown")}>
        <Failure error={error} onRetry={retry} />
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
