import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type ChangeEvent } from "react";
import { sentence } from "../api/client";
import { queryClient } from "../api/queries";
import {
  archiveCurriculum,
  copyCurriculum,
  curriculumFileUrl,
  getCurricula,
  getCurriculumDefaults,
  importCurriculum,
} from "../api/requests";
import type { Curriculum } from "../api/types";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { formatList, formatMoment } from "../ui/format";
import { Link } from "../ui/Link";
import { Failure, Loading, Notice } from "../ui/Notice";
import { Page } from "../ui/Page";
import { errorsOf } from "./draft";

const renew = () => queryClient.invalidateQueries({ queryKey: ["curricula"] });

/** The curricula of an institution, and what can be done with each. */
export function CurriculaPage() {
  const curricula = useQuery({ queryKey: ["curricula"], queryFn: getCurricula });
  const rows = curricula.data ?? [];
  const current = rows.filter(({ archived_at }) => archived_at === null);
  const archived = rows.filter(({ archived_at }) => archived_at !== null);
  return (
    <Page
      title={t("pageCurricula")}
      intro={t("curriculaIntro")}
      actions={
        <Link to="/curricula/new" className="button is-primary">
          {t("curriculumNew")}
        </Link>
      }
    >
      {curricula.error && <Failure error={curricula.error} onRetry={() => curricula.refetch()} />}
      {curricula.isPending && <Loading />}
      {curricula.data && current.length === 0 && <Notice>{t("curriculumNone")}</Notice>}
      {current.length > 0 && <CurriculaTable caption={t("pageCurricula")} rows={current} />}
      {archived.length > 0 && (
        <details>
          <summary>{t("curriculumArchived")}</summary>
          <CurriculaTable caption={t("curriculumArchived")} rows={archived} />
        </details>
      )}
      <ImportFile />
    </Page>
  );
}

function CurriculaTable({
  caption,
  rows,
}: {
  readonly caption: string;
  readonly rows: readonly Curriculum[];
}) {
  return (
    <div className="table-wrap">
      <table className="curriculum-list">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("curriculumName")}</th>
            <th scope="col">{t("curriculumTrains")}</th>
            <th scope="col">{t("curriculumCohorts")}</th>
            <th scope="col">{t("curriculumChanged")}</th>
            <th scope="col">{t("curriculumActions")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <CurriculumRow key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CurriculumRow({ row }: { readonly row: Curriculum }) {
  const [asking, setAsking] = useState(false);
  const defaults = useQuery({
    queryKey: ["curriculum-defaults"],
    queryFn: getCurriculumDefaults,
    staleTime: Infinity,
  });
  const copy = useMutation({ mutationFn: () => copyCurriculum(row.id), onSuccess: renew });
  const archive = useMutation({
    mutationFn: () => archiveCurriculum(row.id),
    onSuccess: renew,
    onSettled: () => setAsking(false),
  });
  const error = copy.error ?? archive.error;
  const open = row.archived_at === null;
  const named = (action: string): string => t("curriculumDo", { action, name: row.name });
  return (
    <tr>
      <th scope="row">{row.name}</th>
      <td className="small">{tellTrained(row, defaults.data?.competencies ?? [])}</td>
      <td className="small">{formatList(row.cohorts.map(({ name }) => name)) || "–"}</td>
      <td className="small">
        {row.updated_by
          ? t("curriculumChangedBy", { when: formatMoment(row.updated_at), who: row.updated_by })
          : formatMoment(row.updated_at)}
      </td>
      <td>
        <div className="row curriculum-actions">
          {open && (
            <Link
              to={`/curricula/${row.id}`}
              className="button"
              aria-label={named(t(row.may_edit ? "curriculumEdit" : "curriculumSee"))}
            >
              {t(row.may_edit ? "curriculumEdit" : "curriculumSee")}
            </Link>
          )}
          {row.may_edit && (
            <button
              type="button"
              className="button is-quiet"
              aria-label={named(t("curriculumCopy"))}
              disabled={copy.isPending}
              onClick={() => copy.mutate()}
            >
              {t("curriculumCopy")}
            </button>
          )}
          <a
            className="button is-quiet"
            href={curriculumFileUrl(row.id)}
            download
            aria-label={named(t("curriculumExport"))}
          >
            {t("curriculumExport")}
          </a>
          {open && row.may_edit && (
            <button
              type="button"
              className="button is-quiet"
              aria-label={named(t("curriculumArchive"))}
              onClick={() => setAsking(true)}
            >
              {t("curriculumArchive")}
            </button>
          )}
        </div>
        {error && <p className="is-bad small">{sentence(error)}</p>}
        {asking && (
          <Dialog
            title={t("curriculumSureTitle", { name: row.name })}
            onClose={() => setAsking(false)}
          >
            <div className="stack">
              <p>{t("curriculumSure", { n: row.cohorts.length })}</p>
              <div className="row">
                <button
                  type="button"
                  className="button is-primary"
                  disabled={archive.isPending}
                  onClick={() => archive.mutate()}
                >
                  {t("curriculumArchive")}
                </button>
                <button type="button" className="button" onClick={() => setAsking(false)}>
                  {t("cancel")}
                </button>
              </div>
            </div>
          </Dialog>
        )}
      </td>
    </tr>
  );
}

/** "Masses 1–5, Calcifications 2–4", in the order of the competencies. */
function tellTrained(
  { competencies }: Curriculum,
  known: readonly { readonly competency: string; readonly label: string }[],
): string {
  return known
    .filter(({ competency }) => competencies[competency])
    .map(({ competency, label }) => {
      const { first_tier: first = 1, last_tier: last = 5 } = competencies[competency] ?? {};
      return competency === "density" ? label : t("curriculumTiersOf", { label, first, last });
    })
    .join(", ");
}

/** A file from here or elsewhere; what is wrong with it is said field by field. */
function ImportFile() {
  const take = useMutation({
    mutationFn: async (file: File) => {
      let content: unknown;
      try {
        content = JSON.parse(await file.text());
      } catch {
        throw new Error(t("curriculumNotJson"));
      }
      return importCurriculum(content);
    },
    onSuccess: renew,
  });
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0];
    if (file) take.mutate(file);
    // The same file can be chosen again when it was put right.
    event.target.value = "";
  };
  const errors = errorsOf(take.error);
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor="curriculum-file">{t("curriculumImport")}</label>
        <input
          id="curriculum-file"
          type="file"
          accept=".json,application/json"
          onChange={choose}
        />
      </div>
      {take.error && (
        <Notice tone="error">
          <p>{t("curriculumImportRefused")}</p>
          <ul className="small">
            {errors ? (
              [...errors].map(([field, problem]) => (
                <li key={field}>{t("editorField", { field, problem })}</li>
              ))
            ) : (
              <li>{sentence(take.error)}</li>
            )}
          </ul>
        </Notice>
      )}
    </div>
  );
}
