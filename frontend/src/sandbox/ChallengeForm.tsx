import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentence } from "../api/client";
import { queryClient } from "../api/queries";
import { getColleagues, sendChallenges } from "../api/requests";
import type { Density } from "../api/types";
import { t } from "../i18n/translate";
import { Link } from "../ui/Link";
import { Failure } from "../ui/Notice";

/** Sends the case as it stands to colleagues, with a finding or without. */
export function ChallengeForm({
  sandbox,
  density,
  empty,
  busy,
}: {
  readonly sandbox: string;
  /** That which is on screen is sent. */
  readonly density: Density;
  readonly empty: boolean;
  readonly busy: boolean;
}) {
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const colleagues = useQuery({
    queryKey: ["colleagues", sandbox],
    queryFn: () => getColleagues(sandbox),
  });
  const send = useMutation({
    mutationFn: () => sendChallenges({ sandbox, colleagues: [...chosen], density }),
    onSuccess: () => {
      setChosen([]);
      void queryClient.invalidateQueries({ queryKey: ["challenges"] });
      void colleagues.refetch();
    },
  });
  const toggle = (id: number): void =>
    setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  if (colleagues.error) {
    return <Failure error={colleagues.error} onRetry={() => colleagues.refetch()} />;
  }
  if (!colleagues.data) return null;
  return (
    <section className="stack" aria-labelledby="challenge-title">
      <h2 id="challenge-title">{t("challengeColleague")}</h2>
      {colleagues.data.length === 0 ? (
        <p className="small muted">{t("noColleagues")}</p>
      ) : (
        <>
          <p className="small muted">{t(empty ? "challengeEmptyText" : "challengeText")}</p>
          <ul className="colleagues">
            {colleagues.data.map(({ id, name, knows_woman }) => (
              <li key={id}>
                <label>
                  <input
                    type="checkbox"
                    checked={chosen.includes(id)}
                    disabled={knows_woman}
                    onChange={() => toggle(id)}
                  />
                  {name}
                  {knows_woman && <span className="muted small"> {t("knowsWoman")}</span>}
                </label>
              </li>
            ))}
          </ul>
          <button
            type="button"
            className="button is-primary"
            disabled={chosen.length === 0 || send.isPending || busy}
            onClick={() => send.mutate()}
          >
            {t("sendChallenge", { density })}
          </button>
          {send.error && (
            <p className="is-bad small" role="alert">
              {sentence(send.error)}
            </p>
          )}
          {send.data && !send.isPending && (
            <p className="small" role="status">
              {t("challengeSent", { names: send.data.map(({ colleague }) => colleague).join(", ") })}{" "}
              <Link to="/sandbox">{t("toTheSandbox")}</Link>
            </p>
          )}
        </>
      )}
    </section>
  );
}
