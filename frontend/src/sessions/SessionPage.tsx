import { useMutation, useQuery } from "@tanstack/react-query";
import { sentence } from "../api/client";
import { endSession, getSessionReport } from "../api/requests";
import type { SessionCase, SessionCompetency, SessionReport } from "../api/types";
import { t } from "../i18n/translate";
import { formatMoment } from "../ui/format";
import { Link } from "../ui/Link";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";
import { CaseTable } from "./CaseTable";
import { countSession, tellCase, tellImprovement, tellWork } from "./summary";

/** What one session of practice came to. */
export function SessionPage({ session }: { readonly session: string }) {
  const report = useQuery({
    queryKey: ["session", session],
    queryFn: () => getSessionReport(session),
  });
  const end = useMutation({
    mutationFn: () => endSession(session),
    onSuccess: () => report.refetch(),
  });
  const { data } = report;
  return (
    <Page
      title={t("sessionSummary")}
      intro={data && describeTime(data)}
      actions={
        <Link to="/" className="button">
          {t("practiseAgain")}
        </Link>
      }
    >
      {report.error && <Failure error={report.error} onRetry={() => report.refetch()} />}
      {report.isPending && <Loading />}
      {data && data.session.ended_at === null && (
        <div className="row">
          <p className="muted">{t("sessionOpen")}</p>
          <button type="button" className="button" disabled={end.isPending} onClick={() => end.mutate()}>
            {t("endIt")}
          </button>
          {end.error && <p className="is-bad small">{sentence(end.error)}</p>}
        </div>
      )}
      {data && (data.cases.length === 0 ? <p>{t("nothingRead")}</p> : <Summary report={data} />)}
    </Page>
  );
}

function describeTime({ session }: SessionReport): string {
  const { label, started_at, ended_at } = session;
  const from = formatMoment(started_at);
  if (ended_at === null) return t("sessionFrom", { label, from });
  return t("sessionFromTo", { label, from, to: formatMoment(ended_at) });
}

function Summary({ report }: { readonly report: SessionReport }) {
  return (
    <>
      <dl className="figures is-narrow">
        {countSession(report).map(({ what, value }) => (
          <div key={what} className="figure">
            <dt>{what}</dt>
            <dd className={/\d/.test(value) ? undefined : "is-text"}>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="columns">
        <Competencies
          title={t("whatImproved")}
          rows={report.improved}
          tell={tellImprovement}
          none={t("nothingImproved", { n: report.minimum_n })}
        />
        <Competencies
          title={t("whatToWorkOn")}
          rows={report.work_on}
          tell={tellWork}
          none={t("nothingWrong")}
        />
      </div>
      <LookAgain cases={report.look_again} />
      <section className="stack" aria-labelledby="session-cases">
        <h2 id="session-cases">{t("allCases")}</h2>
        <CaseTable cases={report.cases} caption={t("casesOfSession")} />
      </section>
    </>
  );
}

function Competencies({
  title,
  rows,
  tell,
  none,
}: {
  readonly title: string;
  readonly rows: readonly SessionCompetency[];
  readonly tell: (row: SessionCompetency) => string;
  readonly none: string;
}) {
  return (
    <section className="panel stack">
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p className="muted">{none}</p>
      ) : (
        <ul className="numeric">
          {rows.map((row) => (
            <li key={row.competency}>{tell(row)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function LookAgain({ cases }: { readonly cases: readonly SessionCase[] }) {
  return (
    <section className="stack" aria-labelledby="look-again">
      <h2 id="look-again">{t("toLookAtAgain")}</h2>
      {cases.length === 0 ? (
        <p className="muted">{t("nothingToLookAt")}</p>
      ) : (
        <ul className="stack">
          {cases.map((row) => (
            <li key={row.reading} className="row">
              <Link to={`/feedback/${row.reading}`}>{t("caseNumber", { n: row.position })}</Link>
              <span>{tellCase(row)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
