import { useQuery } from "@tanstack/react-query";
import { getNotes, getOwnCaseReports } from "../api/requests";
import { formatDay } from "../ui/format";
import { Link } from "../ui/Link";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";
import { tellState } from "./reports";

/** Cases a reader wants to find again, and what became of those they reported. */
export function NotesPage() {
  const notes = useQuery({ queryKey: ["notes"], queryFn: getNotes });
  const reports = useQuery({ queryKey: ["own-reports"], queryFn: getOwnCaseReports });
  const error = notes.error ?? reports.error;
  return (
    <Page title="Notes" intro="Your bookmarks and notes on cases you have read. Nobody else sees them.">
      {error && (
        <Failure error={error} onRetry={() => Promise.all([notes.refetch(), reports.refetch()])} />
      )}
      {notes.isPending && <Loading what="your notes" />}
      {notes.data?.length === 0 && (
        <p className="muted">
          Nothing yet. After reading a case you can bookmark it and write a note, beside its feedback.
        </p>
      )}
      {notes.data && notes.data.length > 0 && (
        <div className="table-wrap">
          <table>
            <thead>
              <tr>
                <th scope="col">Read</th>
                <th scope="col">Case</th>
                <th scope="col">Note</th>
                <th scope="col">Feedback</th>
              </tr>
            </thead>
            <tbody>
              {notes.data.map((note) => (
                <tr key={note.case}>
                  <td>{formatDay(note.read_at)}</td>
                  <td>
                    {note.positive ? "With an actionable finding" : "Nothing to act on"}
                    <br />
                    <span className="muted small">
                      density {note.density}, tier {note.tier}
                    </span>
                  </td>
                  <td className="note-text">
                    {note.bookmarked && <span className="bookmark">★ Bookmarked</span>}
                    {note.text}
                  </td>
                  <td>
                    <Link
                      to={`/feedback/${note.reading ?? ""}`}
                      aria-label={`Look again at the case read ${formatDay(note.read_at)}`}
                    >
                      Look again
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {reports.data && reports.data.length > 0 && (
        <section className="stack" aria-labelledby="own-reports">
          <h2 id="own-reports">Cases you reported</h2>
          <ul className="stack">
            {reports.data.map((report) => (
              <li key={report.id} className="panel">
                <p className="note-text">{report.text}</p>
                <p className="small muted">
                  {formatDay(report.created_at)}. {tellState(report)}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}
