import { useMutation, useQuery } from "@tanstack/react-query";
import { sentence } from "../api/client";
import { getPeople, makePasswordLink } from "../api/requests";
import type { Me, Person } from "../api/types";
import { formatDay } from "../ui/format";
import { LinkBox } from "../ui/LinkBox";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";
import { ImportForm } from "./ImportForm";
import { InviteForm } from "./InviteForm";

/** Who takes part, and how to bring people in. */
export function PeoplePage({ me }: { readonly me: Me }) {
  const people = useQuery({ queryKey: ["people"], queryFn: getPeople });
  return (
    <Page
      title="People"
      intro="Bring people in with a link that you pass on yourself; the site sends no mail."
    >
      <div className="columns">
        <InviteForm me={me} />
        <ImportForm />
      </div>
      {people.error && <Failure error={people.error} onRetry={() => people.refetch()} />}
      {people.isPending && <Loading what="the people" />}
      {people.data && (
        <div className="table-wrap">
          <table>
            <caption>{people.data.length} people</caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Email</th>
                <th scope="col">Role</th>
                <th scope="col">Cohort</th>
                <th scope="col">Last signed in</th>
                <th scope="col">Password</th>
              </tr>
            </thead>
            <tbody>
              {people.data.map((person) => (
                <PersonRow key={person.id} person={person} />
              ))}
            </tbody>
          </table>
        </div>
      )}
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
        {!person.is_active && <span className="muted small"> (inactive)</span>}
      </th>
      <td>{person.email}</td>
      <td>{person.memberships.map(({ role }) => role).join(", ")}</td>
      <td>{person.memberships.map(({ cohort }) => cohort?.name ?? "–").join(", ")}</td>
      <td>{formatDay(person.last_login)}</td>
      <td>
        {link.data ? (
          <LinkBox link={link.data} label={`Pass this link to ${name}.`} />
        ) : (
          person.may_reset_password && (
            <button
              type="button"
              className="button"
              aria-label={`Make a password link for ${name}`}
              disabled={link.isPending}
              onClick={() => link.mutate()}
            >
              Password link
            </button>
          )
        )}
        {link.error && <p className="is-bad small">{sentence(link.error)}</p>}
      </td>
    </tr>
  );
}
