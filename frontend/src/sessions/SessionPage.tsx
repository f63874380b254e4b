import { useMutation, useQuery } from "@tanstack/react-query";
import { sentence } from "../api/client";
import { endSession, getSessionReport } from "../api/requests";
import type { SessionCase, SessionCompetency, SessionReport } from "../api/types";
import { formatMoment } from "../ui/format";
import { Link } from "../ui/Link";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";
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
      title="Session summary"
      intro={data && describeTime(data)}
      actions={
        <Link to="/" className="button">
          Practise again
        </Link>
      }
    >
      {report.error && <Failure error={report.error} onRetry={() => report.refetch()} />}
      {report.isPending && <Loading what="the summary" />}
      {data && data.session.ended_at === null && (
        <div className="row">
          <p className="muted">This session is still open.</p>
          <button type="button" className="button" disabled={end.isPending} onClick={() => end.mutate()}>
            End it
          </button>
          {end.error && <p className="is-bad small">{sentence(end.error)}</p>}
        </div>
      )}
      {data && (data.cases.length === 0 ? <p>Nothing was read.</p> : <Summary report={data} />)}
    </Page>
  );
}

function describeTime({ session }: SessionReport): string {
  const end = session.ended_at ? ` to ${formatMoment(session.ended_at)}` : "";
  return `${session.label}, from ${formatMoment(session.started_at)}${end}.`;
}

function Summary({ report }: { readonly report: SessionReport }) {
  return (
    <>
      <dl className="figures is-narrow">
        {countSession(report).map(({ what, value }) => (
          <div key={what} className="figure">
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="columns">
        <Competencies
          title="What improved"
          rows={report.improved}
          tell={tellImprovement}
          none={
            "No estimate rose notably in this session. Changes are shown from " +
            `${report.minimum_n} answers before it on.`
          }
        />
        <Competencies
          title="What to work on"
          rows={report.work_on}
          tell={tellWork}
          none="Nothing went wrong in this session."
        />
      </div>
      <LookAgain cases={report.look_again} />
      <section className="stack" aria-labelledby="session-cases">
        <h2 id="session-cases">All cases of the session</h2>
        <CaseTable cases={report.cases} />
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
      <h2 id="look-again">To look at again</h2>
      {cases.length === 0 ? (
        <p className="muted">No lesion was missed and every recall decision was right.</p>
      ) : (
        <ul className="stack">
          {cases.map((row) => (
            <li key={row.reading} className="row">
              <Link to={`/feedback/${row.reading}`}>Case {row.position}</Link>
              <span>{tellCase(row)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function CaseTable({ cases }: { readonly cases: readonly SessionCase[] }) {
  return (
    <div className="table-wrap">
      <table className="numeric">
        <caption className="visually-hidden">Cases of the session</caption>
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">Recall decision</th>
            <th scope="col">Lesions found</th>
            <th scope="col">False marks</th>
            <th scope="col">Minutes</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((row) => (
            <tr key={row.reading}>
              <th scope="row">
                <Link to={`/feedback/${row.reading}`}>Case {row.position}</Link>
              </th>
              <td className={row.recall_correct ? "is-good" : "is-bad"}>
                {row.recall_correct ? "Right" : "Wrong"}
              </td>
              <td>{row.lesions > 0 ? `${row.lesions_found} of ${row.lesions}` : "–"}</td>
              <td>{row.false_marks}</td>
              <td>{row.minutes.toFixed(1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
