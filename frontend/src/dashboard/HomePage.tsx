import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { ApiError, sentence } from "../api/client";
import { getMe, getReadings, getSessions, resumeAssignment } from "../api/requests";
import type { Me, SessionStart } from "../api/types";
import { openNextCase, readCase } from "../feedback/NextCase";
import { PracticeStart } from "../practice/PracticeStart";
import { t } from "../i18n/translate";
import { ROLE_WORDS } from "../people/roles";
import { OpenChallenges } from "../sandbox/Challenges";
import { OpenTest } from "../testsets/OpenTest";
import { formatMoment } from "../ui/format";
import { Link } from "../ui/Link";
import { Notice } from "../ui/Notice";
import { useTitle } from "../ui/Page";
import { FrameLoader } from "../viewer/loader";

const ASK_AGAIN_MS = 5000;
const ADAPTIVE: SessionStart = { mode: "practice", focus: "adaptive" };

/** The start: one button, and what was read lately. */
export function HomePage({ me }: { readonly me: Me }) {
  useTitle(t("pagePractice"));
  const open = useMutation({
    mutationFn: (start: SessionStart) => openNextCase(start),
    onSuccess: readCase,
  });
  // Asked anew at each visit: a reading may have been begun or handed in since.
  const now = useQuery({ queryKey: ["me-now"], queryFn: getMe });
  const begun = (now.data ?? me).reading_begun;
  useEffect(() => void FrameLoader.shared(), []);
  const resume = useMutation({ mutationFn: resumeAssignment, onSuccess: readCase });
  const { mutate, error: refused, variables } = open;
  const error = refused ?? resume.error;
  const busy = open.isPending || resume.isPending;
  const waiting = error instanceof ApiError && error.code === "no_case_ready";
  useEffect(() => {
    if (!waiting || !variables) return;
    const timer = setTimeout(() => mutate(variables), ASK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [waiting, mutate, error, variables]);
  return (
    <main id="content" className="page" tabIndex={-1}>
      <div className="welcome">
        <h1>{t("practise")}</h1>
        <p>{t("practiseText")}</p>
        <button
          type="button"
          className="button is-primary is-large"
          disabled={busy}
          onClick={() => (begun ? resume.mutate(begun) : mutate(ADAPTIVE))}
        >
          {t(busy ? "openingCase" : begun ? "goOnReading" : "readNext")}
        </button>
        {error && (
          <Notice tone={waiting ? "warning" : "error"}>
            {sentence(error)}
            {waiting && ` ${t("asksAgain")}`}
          </Notice>
        )}
      </div>
      <OpenTest />
      <OpenChallenges />
      <PracticeStart busy={busy} onStart={mutate} />
      <RecentReadings />
      <RecentSessions />
      <p className="muted small">
        {t("signedInAs", { email: me.email })}
        {me.memberships.map(({ institution, cohort, role }) => (
          <span key={`${institution.id} ${role}`}>
            {" · "}
            {t(ROLE_WORDS[role])}, {institution.name}
            {cohort && `, ${cohort.name}`}
          </span>
        ))}
      </p>
    </main>
  );
}

function RecentSessions() {
  const sessions = useQuery({ queryKey: ["sessions"], queryFn: getSessions });
  if (!sessions.data?.length) return null;
  return (
    <section className="stack" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t("latestSessions")}</h2>
      <ul className="stack">
        {sessions.data.slice(0, 4).map(({ id, started_at, readings, ended_at }) => (
          <li key={id} className="row">
            <Link to={`/sessions/${id}`}>{t("summaryOf", { when: formatMoment(started_at) })}</Link>
            <span className="muted small">
              {t("readingCount", { n: readings })}
              {ended_at === null && `, ${t("stillOpen")}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RecentReadings() {
  const readings = useQuery({ queryKey: ["readings"], queryFn: getReadings });
  if (!readings.data?.length) return null;
  return (
    <section className="stack" aria-labelledby="recent-title">
      <h2 id="recent-title">{t("latestReadings")}</h2>
      <div className="table-wrap">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("readOn")}</th>
              <th scope="col">{t("case")}</th>
              <th scope="col">{t("recallDecision")}</th>
              <th scope="col">{t("feedback")}</th>
            </tr>
          </thead>
          <tbody>
            {readings.data.slice(0, 8).map((reading) => (
              <tr key={reading.id}>
                <td>{formatMoment(reading.submitted_at)}</td>
                <td>{t(reading.positive ? "withFinding" : "nothingToActOn")}</td>
                <td className={reading.recall_correct ? "is-good" : "is-bad"}>
                  {t(reading.recall_correct ? "rightWord" : "wrongWord")}
                </td>
                <td>
                  <Link
                    to={`/feedback/${reading.id}`}
                    aria-label={t("lookAgainAt", { when: formatMoment(reading.submitted_at) })}
                  >
                    {t("lookAgain")}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
