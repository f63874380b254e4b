import { useMutation } from "@tanstack/react-query";
import { sentence } from "../api/client";
import { usePages } from "../api/pages";
import { queryClient } from "../api/queries";
import { getCaseReports, resolveCaseReport } from "../api/requests";
import type { CaseReport } from "../api/types";
import { t } from "../i18n/translate";
import { formatMoment } from "../ui/format";
import { Failure, Loading, Notice } from "../ui/Notice";
import { Page } from "../ui/Page";
import { ShowMore } from "../ui/ShowMore";

/** What readers found wrong with cases. */
export function CaseReportsPage() {
  const reports = usePages(["case-reports"], getCaseReports);
  return (
    <Page title={t("pageReports")} intro={t("reportsIntro")}>
      {reports.error && <Failure error={reports.error} onRetry={() => reports.refetch()} />}
      {reports.isPending && <Loading />}
      {reports.rows?.length === 0 && <Notice>{t("noReports")}</Notice>}
      {reports.rows && reports.rows.length > 0 && (
        <div className="table-wrap">
          <table>
            <thead>
              <tr>
                <th scope="col">{t("reported")}</th>
                <th scope="col">{t("by")}</th>
                <th scope="col">{t("isWrong")}</th>
                <th scope="col">{t("case")}</th>
                <th scope="col">{t("stateWord")}</th>
              </tr>
            </thead>
            <tbody>
              {reports.rows.map((report) => (
                <ReportRow key={report.id} report={report} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ShowMore pages={reports} />
    </Page>
  );
}

function ReportRow({ report }: { readonly report: CaseReport }) {
  const resolve = useMutation({
    mutationFn: () => resolveCaseReport(report.id),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ["case-reports"] }),
  });
  return (
    <tr>
      <th scope="row">{formatMoment(report.created_at)}</th>
      <td>{report.reporter}</td>
      <td>{report.text}</td>
      <td className="small muted">{report.case.slice(0, 8)}</td>
      <td>
        {report.state === "resolved" ? (
          <span className="state is-good is-done">{t("resolved")}</span>
        ) : (
          <button
            type="button"
            className="button"
            aria-label={t("resolveOf", { when: formatMoment(report.created_at) })}
            disabled={resolve.isPending}
            onClick={() => resolve.mutate()}
          >
            {t("resolve")}
          </button>
        )}
        {resolve.error && <p className="is-bad small">{sentence(resolve.error)}</p>}
      </td>
    </tr>
  );
}
