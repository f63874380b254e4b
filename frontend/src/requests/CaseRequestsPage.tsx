import { useMutation, useQuery } from "@tanstack/react-query";
import { sentence } from "../api/client";
import { queryClient, useGenerators, useVocabulary } from "../api/queries";
import { getCaseRequests, retryCaseRequest } from "../api/requests";
import type { CaseRequest } from "../api/types";
import { formatMoment } from "../ui/format";
import { Link } from "../ui/Link";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";
import { cardPath, isWorthTelling, nameOf } from "./generators";
import { OrderForm } from "./OrderForm";
import { describeCase } from "./orders";

const POLL_MS = 2000;

const isOpen = ({ state }: CaseRequest): boolean => state === "queued" || state === "running";

/** Cases ordered from the generator, and what became of them. */
export function CaseRequestsPage() {
  const requests = useQuery({
    queryKey: ["case-requests"],
    queryFn: getCaseRequests,
    refetchInterval: (query) => (query.state.data?.some(isOpen) ? POLL_MS : 10 * POLL_MS),
  });
  return (
    <Page
      title="Case requests"
      intro="Order a case from the generator. It goes to the library when it is made."
    >
      <OrderForm onOrdered={reload} />
      {requests.error && <Failure error={requests.error} onRetry={() => requests.refetch()} />}
      {requests.isPending && <Loading what="the requests" />}
      {requests.data && (
        <div className="table-wrap">
          <table>
            <caption>{requests.data.length === 0 ? "No requests yet" : "Newest first"}</caption>
            <thead>
              <tr>
                <th scope="col">Ordered</th>
                <th scope="col">Case</th>
                <th scope="col">State</th>
                <th scope="col">Progress</th>
                <th scope="col">What happened</th>
                <th scope="col">Again</th>
              </tr>
            </thead>
            <tbody>
              {requests.data.map((request) => (
                <RequestRow key={request.id} request={request} />
              ))}
            </tbody>
          </table>
        </div>
      )}
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
        <span className="muted small">{request.requested_by ?? "for the stock"}</span>
      </th>
      <td>
        {describeCase(request, vocabulary.data?.generated_kinds)}
        {isWorthTelling(used, generators.data ?? []) && (
          <>
            <br />
            <span className="muted small">
              {request.case ? "drawn by " : "for "}
              <Link to={cardPath(used)}>{nameOf(used)}</Link>
            </span>
          </>
        )}
      </td>
      <td>
        <span className={`state ${tone} is-${request.state}`}>{request.state}</span>
      </td>
      <td>
        {request.state === "running" ? (
          <>
            <progress
              max={1}
              value={request.progress}
              aria-label={`Progress of the request of ${ordered}`}
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
            aria-label={`Retry the request of ${ordered}`}
            disabled={retry.isPending}
            onClick={() => retry.mutate()}
          >
            Retry
          </button>
        )}
        {retry.error && <p className="is-bad small">{sentence(retry.error)}</p>}
      </td>
    </tr>
  );
}
