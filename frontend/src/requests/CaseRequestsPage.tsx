import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { sentence } from "../api/client";
import { queryClient, useVocabulary } from "../api/queries";
import { getCaseRequests, requestCase, retryCaseRequest } from "../api/requests";
import type { CaseRequest, Wishes } from "../api/types";
import { makeId } from "../reading/make-id";
import { formatMoment } from "../ui/format";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";

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
      <OrderForm />
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
      <td>{describeCase(request)}</td>
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

function describeCase({ density, findings }: CaseRequest): string {
  const words = findings.map((kind) => FINDINGS.find(({ key }) => key === kind)?.label ?? kind);
  return `Density ${density}, ${words.length > 0 ? words.join(", ").toLowerCase() : "no finding"}`;
}

const FINDINGS = [
  { key: "none", label: "None" },
  { key: "mass", label: "A mass" },
  { key: "calcification_group", label: "Calcifications" },
];

function OrderForm() {
  const vocabulary = useVocabulary();
  const [density, setDensity] = useState("");
  const [findings, setFindings] = useState("");
  const order = useMutation({
    // One id per press: an order repeated after a lost answer is the same order.
    mutationFn: (id: string) => {
      const wishes = { ...(density && { density }), ...(findings && { findings }) } as Wishes;
      return requestCase({ id, wishes });
    },
    retry: 2,
    onSuccess: reload,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    order.mutate(makeId());
  };
  return (
    <section className="panel stack" aria-labelledby="order-title">
      <h2 id="order-title">Order a case</h2>
      <form className="row is-end" onSubmit={submit}>
        <div className="field">
          <label htmlFor="order-density">Density</label>
          <select
            id="order-density"
            value={density}
            onChange={(event) => setDensity(event.target.value)}
          >
            <option value="">As in the population</option>
            {vocabulary.data?.densities.map(({ key, label }) => (
              <option key={key} value={key}>
                {key}: {label}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="order-finding">Finding</label>
          <select
            id="order-finding"
            value={findings}
            onChange={(event) => setFindings(event.target.value)}
          >
            <option value="">As it comes</option>
            {FINDINGS.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" className="button is-primary" disabled={order.isPending}>
          Order
        </button>
      </form>
      {order.error && (
        <p className="is-bad small" role="alert">
          {sentence(order.error)}
        </p>
      )}
      {order.isSuccess && (
        <p className="small" role="status">
          Ordered. It appears below and in the library when it is made.
        </p>
      )}
    </section>
  );
}
