import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { queryClient, useVocabulary } from "../api/queries";
import { getAssignment } from "../api/requests";
import type { Me } from "../api/types";
import { currentLanguage, t } from "../i18n/translate";
import { goOnOrToTests } from "../testsets/go-on";
import { Link } from "../ui/Link";
import { Failure } from "../ui/Notice";
import { Page, useTitle } from "../ui/Page";
import { navigate } from "../ui/router";
import { FrameLoader } from "../viewer/loader";
import { ReadingRoom } from "./ReadingRoom";

const FRESH_MS = 5000;

export function ReadingPage({
  assignmentId,
  me,
}: {
  readonly assignmentId: string;
  readonly me: Me | null;
}) {
  useTitle(t("reading"));
  const assignment = useQuery({
    queryKey: ["assignment", assignmentId],
    queryFn: () => getAssignment(assignmentId),
    staleTime: FRESH_MS,
  });
  const vocabulary = useVocabulary(currentLanguage());
  useEffect(() => {
    FrameLoader.shared();
    // The draft goes on changing: coming back later must ask the server again.
    return () => queryClient.removeQueries({ queryKey: ["assignment", assignmentId] });
  }, [assignmentId]);
  const reading = assignment.data?.reading;
  const test = assignment.data?.test;
  const openTest = test?.open ? test.session : null;
  useEffect(() => {
    // Of a test set nothing is told before its end: what was read is gone on from.
    if (reading && openTest) void goOnOrToTests(openTest, `/read/${assignmentId}`);
    else if (reading) navigate(`/feedback/${reading}`, { replace: true });
  }, [reading, openTest, assignmentId]);
  // What is open stays open where only asking for it again failed.
  const error = (!assignment.data && assignment.error) || (!vocabulary.data && vocabulary.error);
  if (error) {
    const retry = () => Promise.all([assignment.refetch(), vocabulary.refetch()]);
    return (
      <Page title={t("caseCannotBeShown")}>
        <Failure error={error} onRetry={retry} />
        <p>
          <Link to="/">{t("goToStart")}</Link>
        </p>
      </Page>
    );
  }
  if (!assignment.data || !vocabulary.data || reading) {
    return <main id="content" className="room" tabIndex={-1} aria-busy="true" />;
  }
  return <ReadingRoom assignment={assignment.data} vocabulary={vocabulary.data} me={me} />;
}
