import { useMutation, useQuery } from "@tanstack/react-query";
import { sentence } from "../api/client";
import { queryClient } from "../api/queries";
import { getCaseReports, resolveCaseReport } from "../api/requests";
import type { CaseReport } from "../api/types";
import { formatMoment } from "../ui/format";
import { Failure, Loading, Notice } from "../ui/Notice";
import { Page } from "../ui/Page";

/** What readers found wrong with cases. */
export function CaseReportsPage() {
  const reports = useQuery({ queryKey: ["case-reports"], queryFn: getCaseReports });
  return (
    <Page title="Reported cases" intro="What readers found wrong with a case.">
      {reports.error && <Failure error={reports.error} onRetry={() => reports.refetch()} />}
      {reports.isPending && <Loading what="the reports" />}
      {reports.data?.length === 0 && <Notice>Nobody has reported a case.</Notice>}
      {reports.data && reports.data.length > 0 && (
        <div className="table-wrap">
          <table>
            <thead>
              <tr>
                <th scope="col">Reported</th>
                <th scope="col">By</th>
                <th scope="col">What is wrong</th>
                <th scope="col">Case</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {reports.data.map((report) => (
                <ReportRow key={report.id} report={report} />
              ))}
            </tbody>
          </table>
        </div>
      )}
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
          <span className="state is-good is-done">resolved</span>
        ) : (
          <button
            type="button"
            className="button"
            aria-label={`Resolve the report of ${formatMoment(report.created_at)}`}
            disabled={resolve.isPending}
            onClick={() => resolve.mutate()}
          >
            Resolve
          </button>
        )}
        {resolve.error && <p className="is-bad small">{sentence(resolve.error)}</p>}
      </td>
    </tr>
  );
}
