import { useMutation, useQuery } from "@tanstack/react-query";
import { sentence } from "../api/client";
import { queryClient } from "../api/queries";
import { closeSandboxCase, getSandboxCases, getWomen, openSandboxCase } from "../api/requests";
import type { SandboxRow, Woman } from "../api/types";
import { t } from "../i18n/translate";
import { makeId } from "../reading/make-id";
import { formatDay, formatMoment } from "../ui/format";
import { Link } from "../ui/Link";
import { Failure, Notice } from "../ui/Notice";
import { Page } from "../ui/Page";
import { navigate } from "../ui/router";
import { ReceivedChallenges, SentChallenges, useChallenges } from "./Challenges";
import "./sandbox.css";

/** Where the sandbox begins: what one has, whom one can take, and what came of it. */
export function SandboxPage() {
  const own = useQuery({ queryKey: ["sandbox-cases"], queryFn: getSandboxCases, staleTime: 0 });
  const women = useQuery({ queryKey: ["sandbox-women"], queryFn: getWomen, staleTime: 0 });
  const challenges = useChallenges();
  const open = useMutation({
    mutationFn: (woman: string | null) => openSandboxCase({ id: makeId(), case: woman }),
    onSuccess: ({ id }) => navigate(`/sandbox/${id}`),
  });
  const error = own.error ?? women.error ?? challenges.error;
  const taken = new Set(own.data?.map(({ woman }) => woman));
  const others = women.data?.filter(({ id }) => !taken.has(id)) ?? [];
  return (
    <Page
      title={t("pageSandbox")}
      intro={t("sandboxIntro")}
      actions={
        <button
          type="button"
          className="button is-primary"
          disabled={open.isPending}
          onClick={() => open.mutate(null)}
        >
          {t("newWoman")}
        </button>
      }
    >
      {error && (
        <Failure
          error={error}
          onRetry={() => Promise.all([own.refetch(), women.refetch(), challenges.refetch()])}
        />
      )}
      {open.error && <Notice tone="warning">{sentence(open.error)}</Notice>}
      {challenges.data && <ReceivedChallenges received={challenges.data.received} />}
      <section className="stack" aria-labelledby="own-title">
        <h2 id="own-title">{t("ownSandbox")}</h2>
        {own.data?.length === 0 && <p className="muted">{t("sandboxEmpty")}</p>}
        <ul className="women">
          {own.data?.map((row) => <OwnCase key={row.id} row={row} />)}
        </ul>
      </section>
      {others.length > 0 && (
        <section className="stack" aria-labelledby="women-title">
          <h2 id="women-title">{t("womenYouRead")}</h2>
          <ul className="women">
            {others.map((woman) => (
              <Woman key={woman.id} woman={woman} busy={open.isPending} onTake={open.mutate} />
            ))}
          </ul>
        </section>
      )}
      {challenges.data && <SentChallenges sent={challenges.data.sent} />}
    </Page>
  );
}

function OwnCase({ row }: { readonly row: SandboxRow }) {
  const close = useMutation({
    mutationFn: () => closeSandboxCase(row.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["sandbox-cases"] }),
  });
  const what = row.kind_label ?? t("nothingPlaced");
  return (
    <li className="panel woman">
      <img src={row.preview_url} alt="" loading="lazy" />
      <div className="stack">
        <Link to={`/sandbox/${row.id}`}>
          <b>{what}</b>
        </Link>
        <span className="small muted">
          {t("womanOf", { age: row.age_band, density: row.density })}{" "}
          {t("changedAt", { when: formatMoment(row.updated_at) })}
          {row.withdrawn && ` ${t("womanWithdrawn")}`}
        </span>
        <button
          type="button"
          className="button is-quiet small"
          disabled={close.isPending}
          aria-label={t("putAwayOf", { what, when: formatMoment(row.updated_at) })}
          onClick={() => close.mutate()}
        >
          {t("putAway")}
        </button>
        {close.error && <span className="is-bad small">{sentence(close.error)}</span>}
      </div>
    </li>
  );
}

function Woman({
  woman,
  busy,
  onTake,
}: {
  readonly woman: Woman;
  readonly busy: boolean;
  readonly onTake: (id: string) => void;
}) {
  const who = t("womanOf", { age: woman.age_band, density: woman.density });
  return (
    <li className="panel woman">
      <img src={woman.preview_url} alt="" loading="lazy" />
      <div className="stack">
        <span className="small">{who}</span>
        <span className="small muted">{t("readAt", { when: formatDay(woman.read_at) })}</span>
        <button
          type="button"
          className="button small"
          disabled={busy}
          aria-label={t("takeHerOf", { who })}
          onClick={() => onTake(woman.id)}
        >
          {t("takeHer")}
        </button>
      </div>
    </li>
  );
}
