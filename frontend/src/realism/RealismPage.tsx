import { useMutation, useQuery } from "@tanstack/react-query";
import { beginRealism, getRealism } from "../api/requests";
import { sentence } from "../api/client";
import { queryClient } from "../api/queries";
import type { RealismState } from "../api/types";
import { t } from "../i18n/translate";
import { formatDay, formatNumber } from "../ui/format";
import { Link } from "../ui/Link";
import { Failure, Notice } from "../ui/Notice";
import { Page } from "../ui/Page";
import { navigate } from "../ui/router";

/** A reader takes some twenty seconds. */
const MINUTES_AN_IMAGE = 1 / 3;

/** What the test is, whether it can be taken here, and the way into it. */
export function RealismPage() {
  const state = useQuery({ queryKey: ["realism"], queryFn: getRealism });
  return (
    <Page title={t("realOrSynthetic")} intro={t("realismIntro")}>
      {state.isPending && (
        <p className="muted" role="status">
          {t("loading")}
        </p>
      )}
      {state.error && <Failure error={state.error} onRetry={() => state.refetch()} />}
      {state.data && <State state={state.data} />}
    </Page>
  );
}

function State({ state }: { readonly state: RealismState }) {
  return (
    <>
      {state.offer === "no_images" && (
        <Notice>
          <p>{t("realismNoImages")}</p>
          <p className="muted">{t("realismNoImagesMore")}</p>
        </Notice>
      )}
      {state.offer === "no_test" && (
        <Notice>
          <p>{t("realismNoTest", { n: state.real_images })}</p>
          <p className="muted">{t("realismNoTestMore")}</p>
        </Notice>
      )}
      {state.offer === "offered" && <Offer state={state} />}
      {state.earlier.length > 0 && (
        <section className="stack" aria-labelledby="earlier">
          <h2 id="earlier">{t("realismEarlier")}</h2>
          <ul className="bullets">
            {state.earlier.map(({ id, completed_at }) => (
              <li key={id}>
                <Link to={`/real-or-synthetic/${id}`}>
                  {t("realismEarlierOf", { when: formatDay(completed_at) })}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <Link to="/model-card">{t("pageModelCard")}</Link>
      </p>
    </>
  );
}

function Offer({ state }: { readonly state: RealismState }) {
  const { images, margin, reading } = state;
  if (images === null || margin === null) return null;
  const rules = [
    t("realismHowMany", { n: images, minutes: Math.ceil(images * MINUTES_AN_IMAGE) }),
    t("realismShare"),
    t("realismTissue"),
    t("realismForGood"),
    t("realismOnce"),
    t("realismUse"),
    t("realismMargin", { low: formatNumber(0.5 - margin, 2), high: formatNumber(0.5 + margin, 2) }),
  ];
  return (
    <section className="panel stack realism-offer" aria-labelledby="how">
      <h2 id="how">{t("realismHow")}</h2>
      <ul className="bullets">
        {rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      <Enter reading={reading} />
      <p className="muted small">
        {t("realismCredits")}: {state.licences.map(creditOf).join("; ")}
      </p>
    </section>
  );
}

export const creditOf = ({ licence, source }: RealismState["licences"][number]): string =>
  `${source} (${licence})`;

function Enter({ reading }: { readonly reading: RealismState["reading"] }) {
  const begin = useMutation({
    mutationFn: beginRealism,
    onSuccess: (begun) => {
      queryClient.setQueryData(["realism-reading", begun.id], begun);
      void queryClient.invalidateQueries({ queryKey: ["realism"] });
      navigate(`/real-or-synthetic/${begun.id}`);
    },
  });
  const label = reading?.completed_at
    ? t("realismSeeResult")
    : reading
      ? t("realismGoOn", { answered: reading.answered, n: reading.count })
      : t("realismBegin");
  return (
    <div className="row">
      <button
        type="button"
        className="button is-primary"
        disabled={begin.isPending}
        onClick={() => begin.mutate()}
      >
        {label}
      </button>
      {begin.error && (
        <span className="is-bad small" role="alert">
          {sentence(begin.error)}
        </span>
      )}
    </div>
  );
}
