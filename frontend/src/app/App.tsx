import { useEffect, useRef } from "react";
import { isSignedOut } from "../api/client";
import { useMe } from "../api/queries";
import type { Me } from "../api/types";
import { CurriculaPage } from "../curriculum/CurriculaPage";
import { CurriculumPage } from "../curriculum/CurriculumPage";
import { CohortPage } from "../dashboard/CohortPage";
import { HomePage } from "../dashboard/HomePage";
import { ProgressPage } from "../dashboard/ProgressPage";
import { FeedbackPage } from "../feedback/FeedbackPage";
import { ModelCardPage } from "../generators/ModelCardPage";
import { NotesPage } from "../notes/NotesPage";
import { sendUnsentNotes } from "../notes/send-note";
import { PeoplePage } from "../people/PeoplePage";
import { ReadingPage } from "../reading/ReadingPage";
import { RealismPage } from "../realism/RealismPage";
import { RealismReadingPage } from "../realism/RealismReadingPage";
import { CaseReportsPage } from "../requests/CaseReportsPage";
import { CaseRequestsPage } from "../requests/CaseRequestsPage";
import { ChallengePage } from "../sandbox/ChallengePage";
import { SandboxPage } from "../sandbox/SandboxPage";
import { SandboxRoomPage } from "../sandbox/SandboxRoom";
import { SessionPage } from "../sessions/SessionPage";
import { TestResultPage } from "../testsets/TestResultPage";
import { TestsPage } from "../testsets/TestsPage";
import { t } from "../i18n/translate";
import { Link } from "../ui/Link";
import { Failure } from "../ui/Notice";
import { Page } from "../ui/Page";
import { usePath } from "../ui/router";
import { Header } from "./Header";
import { mayVisit, ROUTES } from "./routes";

export function App() {
  const me = useMe();
  const path = usePath();
  useFocusOnNavigation(path);
  const person = me.data?.id;
  useEffect(() => {
    if (person !== undefined) void sendUnsentNotes(person);
  }, [person]);
  const signedOut = isSignedOut(me.error);
  useEffect(() => {
    if (signedOut) location.assign(`/accounts/login/?next=${encodeURIComponent(path)}`);
  }, [signedOut, path]);
  if (signedOut) return null;
  return (
    <>
      <a className="skip-link" href="#content">
        {t("skipToContent")}
      </a>
      <Header me={me.data ?? null} path={path} />
      {me.error ? (
        <Page title={t("siteAway")}>
          <Failure error={me.error} onRetry={() => me.refetch()} />
        </Page>
      ) : (
        <Content path={path} me={me.data ?? null} />
      )}
    </>
  );
}

function Content({ path, me }: { readonly path: string; readonly me: Me | null }) {
  const reading = /^\/read\/([0-9a-f-]+)$/.exec(path)?.[1];
  if (reading) return <ReadingPage key={reading} assignmentId={reading} me={me} />;
  const feedback = /^\/feedback\/([0-9a-f-]+)$/.exec(path)?.[1];
  if (feedback) return <FeedbackPage key={feedback} readingId={feedback} />;
  if (!me) return <main id="content" tabIndex={-1} />;
  const session = /^\/sessions\/([0-9a-f-]+)$/.exec(path)?.[1];
  if (session) return <SessionPage key={session} session={session} />;
  const sandbox = /^\/sandbox\/([0-9a-f-]+)$/.exec(path)?.[1];
  if (sandbox) return <SandboxRoomPage key={sandbox} id={sandbox} />;
  const challenge = /^\/challenges\/([0-9a-f-]+)$/.exec(path)?.[1];
  if (challenge) return <ChallengePage key={challenge} challenge={challenge} />;
  const test = /^\/tests\/([0-9a-f-]+)$/.exec(path)?.[1];
  if (test) return <TestResultPage key={test} session={test} />;
  const generator = /^\/model-card\/([0-9a-f]{64})$/.exec(path)?.[1];
  if (generator) return <ModelCardPage key={generator} generator={generator} me={me} />;
  const realism = /^\/real-or-synthetic\/([0-9a-f-]+)$/.exec(path)?.[1];
  if (realism) return <RealismReadingPage key={realism} readingId={realism} />;
  if (path === "/real-or-synthetic") return <RealismPage />;
  const curriculum = /^\/curricula\/([0-9]+|new)$/.exec(path)?.[1];
  const route = ROUTES.find((candidate) => candidate.path === (curriculum ? "/curricula" : path));
  if (!route) return <Missing />;
  if (!mayVisit(route.roles, me.roles)) return <Forbidden />;
  if (path === "/progress") return <ProgressPage />;
  if (path === "/tests") return <TestsPage />;
  if (path === "/notes") return <NotesPage />;
  if (path === "/sandbox") return <SandboxPage />;
  if (path === "/cohort") return <CohortPage />;
  if (curriculum) return <CurriculumPage key={curriculum} curriculum={curriculum} />;
  if (path === "/curricula") return <CurriculaPage />;
  if (path === "/people") return <PeoplePage me={me} />;
  if (path === "/requests") return <CaseRequestsPage />;
  if (path === "/reports") return <CaseReportsPage />;
  if (path === "/model-card") return <ModelCardPage me={me} />;
  return <HomePage me={me} />;
}

const Missing = () => (
  <Page title={t("noSuchPage")} intro={t("noSuchPageText")}>
    <p>
      <Link to="/">{t("goToStart")}</Link>
    </p>
  </Page>
);

const Forbidden = () => (
  <Page title={t("otherRoles")} intro={t("otherRolesText")}>
    <p>
      <Link to="/">{t("goToStart")}</Link>
    </p>
  </Page>
);

/** A screen reader hears the new page begin, as after a full load. */
function useFocusOnNavigation(path: string): void {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else {
      const content = document.getElementById("content");
      // Images that are there at once have taken the focus already, for their keys.
      if (!content?.contains(document.activeElement)) content?.focus({ preventScroll: true });
    }
  }, [path]);
}
