import { useMutation, useQuery } from "@tanstack/react-query";
import { sentence } from "../api/client";
import { queryClient } from "../api/queries";
import {
  acceptChallenge,
  declineChallenge,
  getAssignment,
  getChallenges,
  withdrawChallenge,
} from "../api/requests";
import type { ChallengeState, ReceivedChallenge, SentChallenge } from "../api/types";
import { OutcomeBadge } from "../feedback/OutcomeBadge";
import { readCase } from "../feedback/NextCase";
import type { Key } from "../i18n/en";
import { t } from "../i18n/translate";
import { formatMoment, percent } from "../ui/format";
import { Link } from "../ui/Link";
import "./sandbox.css";

const ASK_AGAIN_MS = 3000;

const STATE_WORDS: Readonly<Record<ChallengeState, Key>> = {
  making: "challengeMaking",
  failed: "challengeFailed",
  open: "challengeOpen",
  accepted: "challengeAccepted",
  declined: "challengeDeclined",
  withdrawn: "challengeWithdrawn",
  read: "challengeRead",
  closed: "challengeClosed",
};

export const useChallenges = () =>
  useQuery({
    queryKey: ["challenges"],
    queryFn: getChallenges,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.sent.some((each) => each.state === "making") ? ASK_AGAIN_MS : false,
  });

/** On the start page: who challenges the reader, while it is to be answered or read. */
export function OpenChallenges() {
  const challenges = useChallenges();
  const open = challenges.data?.received.filter(
    ({ state }) => state === "open" || state === "accepted",
  );
  return open?.length ? <ReceivedChallenges received={open} /> : null;
}

export function ReceivedChallenges({ received }: { readonly received: readonly ReceivedChallenge[] }) {
  if (received.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="received-title">
      <h2 id="received-title">{t("challengesToYou")}</h2>
      <ul className="stack">
        {received.map((each) => (
          <Received key={each.id} challenge={each} />
        ))}
      </ul>
    </section>
  );
}

function Received({ challenge }: { readonly challenge: ReceivedChallenge }) {
  const { id, challenger, sent_at, state, reading } = challenge;
  const refresh = (): void => void queryClient.invalidateQueries({ queryKey: ["challenges"] });
  const accept = useMutation({
    mutationFn: async () => getAssignment((await acceptChallenge(id)).assignment),
    onSuccess: readCase,
    onError: refresh,
  });
  const decline = useMutation({ mutationFn: () => declineChallenge(id), onSettled: refresh });
  const error = accept.error ?? decline.error;
  const busy = accept.isPending || decline.isPending;
  const take = t(state === "open" ? "accept" : "goOnReading");
  return (
    <li className="panel challenge">
      <div>
        <b>{t("challengesYou", { name: challenger })}</b>{" "}
        <span className="muted small">
          {formatMoment(sent_at)}
          {state !== "open" && `, ${t(STATE_WORDS[state])}`}
        </span>
        {state === "open" && <p className="small muted">{t("acceptMeans", { name: challenger })}</p>}
        {error && (
          <p className="is-bad small" role="alert">
            {sentence(error)}
          </p>
        )}
      </div>
      <div className="row">
        {state === "open" && (
          <button
            type="button"
            className="button"
            disabled={busy}
            aria-label={`${t("decline")}: ${challenger}`}
            onClick={() => decline.mutate()}
          >
            {t("decline")}
          </button>
        )}
        {(state === "open" || state === "accepted") && (
          <button
            type="button"
            className="button is-primary"
            disabled={busy}
            aria-label={`${take}: ${challenger}`}
            onClick={() => accept.mutate()}
          >
            {take}
          </button>
        )}
        {reading && <Link to={`/feedback/${reading}`}>{t("lookAgain")}</Link>}
      </div>
    </li>
  );
}

/** What one has sent, and what came of it. */
export function SentChallenges({ sent }: { readonly sent: readonly SentChallenge[] }) {
  if (sent.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="sent-title">
      <h2 id="sent-title">{t("challengesSent")}</h2>
      <div className="table-wrap">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("sentTo")}</th>
              <th scope="col">{t("sentAt")}</th>
              <th scope="col">{t("ownFinding")}</th>
              <th scope="col">{t("challengeState")}</th>
              <th scope="col">
                <span className="visually-hidden">{t("whatToDo")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sent.map((each) => (
              <Sent key={each.id} challenge={each} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Sent({ challenge }: { readonly challenge: SentChallenge }) {
  const { id, colleague, sent_at, state, kind_label, progress, reason, found } = challenge;
  const withdraw = useMutation({
    mutationFn: () => withdrawChallenge(id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["challenges"] }),
  });
  return (
    <tr>
      <td>{colleague}</td>
      <td>{formatMoment(sent_at)}</td>
      <td>{kind_label ?? t("untouched")}</td>
      <td>
        {found === null ? (
          t(STATE_WORDS[state])
        ) : (
          <OutcomeBadge
            tone={found ? "hit" : "miss"}
            word={t(kind_label ? (found ? "found" : "missed") : found ? "leftAlone" : "recalledIt")}
          />
        )}
        {state === "making" && progress > 0 && ` ${percent(progress)}`}
        {state === "failed" && <span className="muted small"> {reason}</span>}
        {withdraw.error && <span className="is-bad small"> {sentence(withdraw.error)}</span>}
      </td>
      <td>
        {state === "read" ? (
          <Link to={`/challenges/${id}`} aria-label={`${t("howRead")}: ${colleague}`}>
            {t("howRead")}
          </Link>
        ) : (
          (state === "open" || state === "making" || state === "failed") && (
            <button
              type="button"
              className="button is-quiet small"
              disabled={withdraw.isPending}
              aria-label={`${t("takeBack")}: ${colleague}`}
              onClick={() => withdraw.mutate()}
            >
              {t("takeBack")}
            </button>
          )
        )}
      </td>
    </tr>
  );
}
