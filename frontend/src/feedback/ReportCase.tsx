import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentence } from "../api/client";
import { queryClient } from "../api/queries";
import { getOwnCaseReports, reportCase } from "../api/requests";
import { t } from "../i18n/translate";
import { tellState } from "../notes/reports";
import { Dialog } from "../ui/Dialog";

/** Tells the educator that something is wrong with a case. */
export function ReportCase({ caseId }: { readonly caseId: string }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const reports = useQuery({
    queryKey: ["own-reports", caseId],
    queryFn: () => getOwnCaseReports(1, caseId),
  });
  const own = reports.data?.results ?? [];
  const report = useMutation({
    mutationFn: () => reportCase({ case: caseId, text }),
    onSuccess: () => {
      setOpen(false);
      setText("");
      void queryClient.invalidateQueries({ queryKey: ["own-reports"] });
    },
  });
  return (
    <div>
      {report.isSuccess && (
        <p className="small" role="status">
          {t("thanksForReport")}
        </p>
      )}
      {own.map((each) => (
        <p key={each.id} className="small muted">
          {t("youReported", { text: each.text, state: tellState(each) })}
        </p>
      ))}
      <button type="button" className="button is-quiet small" onClick={() => setOpen(true)}>
        {t("reportThisCase")}
      </button>
      {open && (
        <Dialog title={t("reportThisCase")} onClose={() => setOpen(false)}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              report.mutate();
            }}
          >
            <div className="field">
              <label htmlFor="report-text">{t("whatIsWrong")}</label>
              <textarea
                id="report-text"
                rows={5}
                required
                maxLength={2000}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </div>
            {report.error && (
              <p className="is-bad small" role="alert">
                {sentence(report.error)}
              </p>
            )}
            <div className="row">
              <button type="submit" className="button is-primary" disabled={report.isPending}>
                {t("send")}
              </button>
              <button type="button" className="button" onClick={() => setOpen(false)}>
                {t("cancel")}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </div>
  );
}
