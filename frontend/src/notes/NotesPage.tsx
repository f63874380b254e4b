import { usePages, type PagesOf } from "../api/pages";
import { getNotes, getOwnCaseReports } from "../api/requests";
import type { CaseReport, ListedNote } from "../api/types";
import { t } from "../i18n/translate";
import { formatDay } from "../ui/format";
import { Link } from "../ui/Link";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";
import { ShowMore } from "../ui/ShowMore";
import { tellState } from "./reports";

/** Cases a reader wants to find again, and what became of those they reported. */
export function NotesPage() {
  const notes = usePages(["notes"], getNotes);
  const reports = usePages(["own-reports", "all"], (page) => getOwnCaseReports(page));
  const error = notes.error ?? reports.error;
  return (
    <Page title={t("pageNotes")} intro={t("notesIntro")}>
      {error && (
        <Failure error={error} onRetry={() => Promise.all([notes.refetch(), reports.refetch()])} />
      )}
      {notes.isPending && <Loading />}
      {notes.rows?.length === 0 && <p className="muted">{t("noNotes")}</p>}
      {notes.rows && notes.rows.length > 0 && <NoteTable rows={notes.rows} />}
      <ShowMore pages={notes} />
      {reports.rows && reports.rows.length > 0 && <OwnReports reports={reports} />}
    </Page>
  );
}

const NoteTable = ({ rows }: { readonly rows: readonly ListedNote[] }) => (
  <div className="table-wrap">
    <table>
      <thead>
        <tr>
          <th scope="col">{t("readOn")}</th>
          <th scope="col">{t("case")}</th>
          <th scope="col">{t("note")}</th>
          <th scope="col">{t("feedback")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((note) => (
          <tr key={note.case}>
            <td>{formatDay(note.read_at)}</td>
            <td>
              {t(note.positive ? "withFinding" : "nothingToActOn")}
              <br />
              <span className="muted small">
                {t("densityOf", { density: note.density })}, {t("tierOf", { tier: note.tier })}
              </span>
            </td>
            <td className="note-text">
              {note.bookmarked && <span className="bookmark">★ {t("bookmarked")}</span>}
              {note.text}
            </td>
            <td>
              <Link
                to={`/feedback/${note.reading ?? ""}`}
                aria-label={t("lookAgainAtCase", { when: formatDay(note.read_at) })}
              >
                {t("lookAgain")}
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const OwnReports = ({ reports }: { readonly reports: PagesOf<CaseReport> }) => (
  <section className="stack" aria-labelledby="own-reports">
    <h2 id="own-reports">{t("casesReported")}</h2>
    <ul className="stack">
      {reports.rows?.map((report) => (
        <li key={report.id} className="panel">
          <p className="note-text">{report.text}</p>
          <p className="small muted">
            {formatDay(report.created_at)}. {tellState(report)}
          </p>
        </li>
      ))}
    </ul>
    <ShowMore pages={reports} />
  </section>
);
