import { useMutation } from "@tanstack/react-query";
import { sentence } from "../api/client";
import { usePages } from "../api/pages";
import { queryClient, useGenerators, useVocabulary } from "../api/queries";
import { getCaseRequests, retryCaseRequest } from "../api/requests";
import type { CaseRequest } from "../api/types";
import type { Key } from "../i18n/en";
import { t } from "../i18n/translate";
import { formatMoment } from "../ui/format";
import { Link } from "../ui/Link";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";
import { ShowMore } from "../ui/ShowMore";
import { cardPath, isWorthTelling, nameOf } from "./generators";
import { OrderForm } from "./OrderForm";
import { describeCase } from "./orders";

const POLL_MS = 2000;

const STATES = {
  queued: "stateQueued",
  running: "stateRunning",
  done: "stateDone",
  failed: "stateFailed",
  cancelled: "stateCancelled",
} as const satisfies Record<CaseRequest["state"], Key>;

const isOpen = ({ state }: CaseRequest): boolean => state === "queued" || state === "running";

/** Cases ordered from the generator, and what became of them. */
export function CaseRequestsPage() {
  const requests = usePages(["case-requests"], getCaseRequests, (rows) =>
    rows.some(isOpen) ? POLL_MS : false,
  );
  return (
    <Page title={t("pageRequests")} intro={t("requestsIntro")}>
      <OrderForm onOrdered={reload} />
      {requests.error && <Failure error={requests.error} onRetry={() => requests.refetch()} />}
      {requests.isPending && <Loading />}
      {requests.rows && (
        <div className="table-wrap">
          <table>
            <caption>{t(requests.rows.length === 0 ? "noRequests" : "newestFirst")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("ordered")}</th>
                <th scope="col">{t("case")}</th>
                <th scope="col">{t("stateWord")}</th>
                <th scope="col">{t("progressWord")}</th>
                <th scope="col">{t("whatHappened")}</th>
                <th scope="col">{t("again")}</th>
              </tr>
            </thead>
            <tbody>
              {requests.rows.map((request) => (
                <RequestRow key={request.id} request={request} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ShowMore pages={requests} />
    </Page>
  );
}

const reload = (): void => void queryClient.invalidateQueries({ queryKey: ["case-requests"] });

function RequestRow({ request }: { readonly request: CaseRequest }) {
  const vocabulary = useVocabulary();
  const generators = useGenerators();
  const used = request.generator;
  const retry = useMutation({
    mutationFn: () => retryCaseRequest(request.id),
    onSuccess: reload,
  });
  const tone = request.state === "done" ? "is-good" : request.state === "failed" ? "is-bad" : "";
  const ordered = formatMoment(request.created_at);
  return (
    <tr>
      <th scope="row">
        {ordered}
        <br />
        <span className="muted small">{request.requested_by ?? t("forTheStock")}</span>
      </th>
      <td>
        {describeCase(request, vocabulary.data?.generated_kinds)}
        {isWorthTelling(used, generators.data ?? []) && (
          <>
            <br />
            <span className="muted small">
              {t(request.case ? "drawnBy" : "meantFor")}{" "}
              <Link to={cardPath(used)}>{nameOf(used)}</Link>
            </span>
          </>
        )}
      </td>
      <td>
        <span className={`state ${tone} is-${request.state}`}>{t(STATES[request.state])}</span>
      </td>
      <td>
        {request.state === "running" ? (
          <>
            <progress
              max={1}
              value={request.progress}
              aria-label={t("progressOf", { when: ordered })}
            />{" "}
            <span className="muted small">{request.stage}</span>
          </>
        ) : (
          <span className="muted">–</span>
        )}
      </td>
      <td>{request.reason || <span className="muted">–</span>}</td>
      <td>
        {(request.state === "failed" || request.state === "cancelled") && (
          <button
            type="button"
            className="button"
            aria-label={t("retryOf", { when: ordered })}
            disabled={retry.isPending}
            onClick={() => retry.mutate()}
          >
            {t("retry")}
          </button>
        )}
        {retry.error && <p className="is-bad small">{sentence(retry.error)}</p>}
      </td>
    </tr>
  );
}
