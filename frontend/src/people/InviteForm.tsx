import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { sentence } from "../api/client";
import { queryClient } from "../api/queries";
import { getCohorts, invite } from "../api/requests";
import type { Me, Role } from "../api/types";
import { t } from "../i18n/translate";
import { LinkBox } from "../ui/LinkBox";
import { ROLE_WORDS } from "./roles";

const ROLES: readonly Role[] = ["resident", "educator", "director", "operator"];

/** One person by invite link. */
export function InviteForm({ me }: { readonly me: Me }) {
  const cohorts = useQuery({ queryKey: ["cohorts"], queryFn: getCohorts });
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("resident");
  const [cohort, setCohort] = useState("");
  const send = useMutation({
    mutationFn: () => invite({ email, name, role, cohort: cohort ? Number(cohort) : null }),
    onSuccess: () => {
      setEmail("");
      setName("");
      void queryClient.invalidateQueries({ queryKey: ["people"] });
    },
  });
  const roles = ROLES.filter((each) => each !== "operator" || me.roles.includes("operator"));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <section className="panel stack" aria-labelledby="invite-title">
      <h2 id="invite-title">{t("inviteOne")}</h2>
      <form className="stack" onSubmit={submit}>
        <div className="field">
          <label htmlFor="invite-email">{t("email")}</label>
          <input
            id="invite-email"
            type="email"
            required
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="invite-name">{t("nameOptional")}</label>
          <input
            id="invite-name"
            type="text"
            maxLength={150}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <div className="row">
          <div className="field">
            <label htmlFor="invite-role">{t("role")}</label>
            <select
              id="invite-role"
              value={role}
              onChange={(event) => setRole(event.target.value as Role)}
            >
              {roles.map((each) => (
                <option key={each} value={each}>
                  {t(ROLE_WORDS[each])}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="invite-cohort">{t("cohort")}</label>
            <select
              id="invite-cohort"
              value={cohort}
              onChange={(event) => setCohort(event.target.value)}
            >
              <option value="">{t("noCohort")}</option>
              {cohorts.data?.map((each) => (
                <option key={each.id} value={String(each.id)}>
                  {each.name}
                </option>
              ))}
            </select>
          </div>
        </div>
        {send.error && (
          <p className="is-bad small" role="alert">
            {sentence(send.error)}
          </p>
        )}
        <div>
          <button type="submit" className="button is-primary" disabled={send.isPending}>
            {t("makeInvite")}
          </button>
        </div>
      </form>
      {send.data && <LinkBox link={send.data} label={t("passThisLinkOn")} />}
    </section>
  );
}
