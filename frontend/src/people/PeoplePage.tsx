import { useMutation } from "@tanstack/react-query";
import { sentence } from "../api/client";
import { usePages } from "../api/pages";
import { getPeople, makePasswordLink } from "../api/requests";
import type { Me, Person } from "../api/types";
import { t } from "../i18n/translate";
import { formatDay } from "../ui/format";
import { LinkBox } from "../ui/LinkBox";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";
import { ShowMore } from "../ui/ShowMore";
import { ImportForm } from "./ImportForm";
import { InviteForm } from "./InviteForm";
import { ROLE_WORDS } from "./roles";

/** Who takes part, and how to bring people in. */
export function PeoplePage({ me }: { readonly me: Me }) {
  const people = usePages(["people"], getPeople);
  return (
    <Page title={t("pagePeople")} intro={t("peopleIntro")}>
      <div className="columns">
        <InviteForm me={me} />
        <ImportForm />
      </div>
      {people.error && <Failure error={people.error} onRetry={() => people.refetch()} />}
      {people.isPending && <Loading />}
      {people.rows && (
        <div className="table-wrap">
          <table>
            <caption>{t("peopleCount", { n: people.count })}</caption>
            <thead>
              <tr>
                <th scope="col">{t("name")}</th>
                <th scope="col">{t("email")}</th>
                <th scope="col">{t("role")}</th>
                <th scope="col">{t("cohort")}</th>
                <th scope="col">{t("lastSignedIn")}</th>
                <th scope="col">{t("password")}</th>
              </tr>
            </thead>
            <tbody>
              {people.rows.map((person) => (
                <PersonRow key={person.id} person={person} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ShowMore pages={people} />
    </Page>
  );
}

function PersonRow({ person }: { readonly person: Person }) {
  const link = useMutation({ mutationFn: () => makePasswordLink(person.id) });
  const name = person.name || person.email;
  return (
    <tr>
      <th scope="row">
        {name}
        {!person.is_active && <span className="muted small"> ({t("inactive")})</span>}
      </th>
      <td>{person.email}</td>
      <td>{person.memberships.map(({ role }) => t(ROLE_WORDS[role])).join(", ")}</td>
      <td>{person.memberships.map(({ cohort }) => cohort?.name ?? "–").join(", ")}</td>
      <td>{formatDay(person.last_login)}</td>
      <td>
        {link.data ? (
          <LinkBox link={link.data} label={t("passThisLinkTo", { name })} />
        ) : (
          person.may_reset_password && (
            <button
              type="button"
              className="button"
              aria-label={t("passwordLinkFor", { name })}
              disabled={link.isPending}
              onClick={() => link.mutate()}
            >
              {t("passwordLink")}
            </button>
          )
        )}
        {link.error && <p className="is-bad small">{sentence(link.error)}</p>}
      </td>
    </tr>
  );
}
