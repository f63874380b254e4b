import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentence } from "../api/client";
import { queryClient } from "../api/queries";
import { getOwnCaseReports, reportCase } from "../api/requests";
import { tellState } from "../notes/reports";
import { Dialog } from "../ui/Dialog";

/** Tells the educator that something is wrong with a case. */
export function ReportCase({ caseId }: { readonly caseId: string }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const reports = useQuery({ queryKey: ["own-reports"], queryFn: getOwnCaseReports });
  const own = reports.data?.filter((each) => each.case === caseId) ?? [];
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
          Thank you. Your educator sees the report.
        </p>
      )}
      {own.map((each) => (
        <p key={each.id} className="small muted">
          You reported: “{each.text}” {tellState(each)}
        </p>
      ))}
      <button type="button" className="button is-quiet small" onClick={() => setOpen(true)}>
        Report this case
      </button>
      {open && (
        <Dialog title="Report this case" onClose={() => setOpen(false)}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              report.mutate();
            }}
          >
            <div className="field">
              <label htmlFor="report-text">What is wrong with it?</label>
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
                Send
              </button>
              <button type="button" className="button" onClick={() => setOpen(false)}>
                Cancel
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </div>
  );
}
