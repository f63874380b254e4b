import { useMutation } from "@tanstack/react-query";
import { useRef, type FormEvent } from "react";
import { ApiError, flatten, sentence } from "../api/client";
import { queryClient } from "../api/queries";
import { importPeople } from "../api/requests";
import type { ImportedPerson } from "../api/types";
import { t } from "../i18n/translate";

/** Many people by CSV: everybody in the file, or nobody and what is wrong. */
export function ImportForm() {
  const input = useRef<HTMLInputElement>(null);
  const send = useMutation({
    mutationFn: (file: File) => importPeople(file),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ["people"] }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const file = input.current?.files?.[0];
    if (file) send.mutate(file);
  };
  return (
    <section className="panel stack" aria-labelledby="import-title">
      <h2 id="import-title">{t("importList")}</h2>
      <form className="stack" onSubmit={submit}>
        <div className="field">
          <label htmlFor="import-file">{t("importFile")}</label>
          <input id="import-file" ref={input} type="file" accept=".csv,text/csv" required />
        </div>
        <div>
          <button type="submit" className="button" disabled={send.isPending}>
            {t("importPeople")}
          </button>
        </div>
      </form>
      {send.error && <ImportProblems error={send.error} />}
      {send.data && <Imported people={send.data.created} />}
    </section>
  );
}

function ImportProblems({ error }: { readonly error: Error }) {
  const body = error instanceof ApiError ? (error.body as { errors?: unknown } | null) : null;
  const rows = body?.errors as Record<string, unknown> | undefined;
  if (!rows) {
    return (
      <p className="is-bad small" role="alert">
        {sentence(error)}
      </p>
    );
  }
  return (
    <div role="alert" className="stack">
      <p className="is-bad">{t("nobodyImported")}</p>
      <ul className="small">
        {Object.entries(rows).map(([row, problems]) => (
          <li key={row}>{t("lineProblem", { row, problem: flatten(problems).join(" ") })}</li>
        ))}
      </ul>
    </div>
  );
}

function Imported({ people }: { readonly people: readonly ImportedPerson[] }) {
  return (
    <div role="status" className="stack">
      <p>{t("imported", { n: people.length })}</p>
      <div className="table-wrap">
        <table className="small">
          <thead>
            <tr>
              <th scope="col">{t("person")}</th>
              <th scope="col">{t("link")}</th>
            </tr>
          </thead>
          <tbody>
            {people.map(({ email, name, url }) => (
              <tr key={email}>
                <th scope="row">{name || email}</th>
                <td>
                  <div className="link-box">
                    <input
                      type="text"
                      readOnly
                      value={url}
                      aria-label={t("linkFor", { name: name || email })}
                      onFocus={(event) => event.target.select()}
                    />
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
