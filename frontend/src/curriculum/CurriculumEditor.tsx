import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { ApiError, sentence } from "../api/client";
import { queryClient } from "../api/queries";
import {
  changeCurriculum,
  createCurriculum,
  followCurriculum,
  getCohorts,
  getCurriculumStock,
} from "../api/requests";
import type { Curriculum, CurriculumDefaults } from "../api/types";
import { t } from "../i18n/translate";
import { Notice } from "../ui/Notice";
import { navigate } from "../ui/router";
import { bodyOf, draftOf, errorsOf, sameCohorts, type Draft } from "./draft";
import { FieldError } from "./FieldError";
import { RuleFields } from "./RuleFields";
import { EmptyTiers } from "./Stock";
import { TrainingTable } from "./TrainingTable";

/** The form of a curriculum; every error stands by its field, and the first one takes the focus. */
export function CurriculumEditor({
  defaults,
  curriculum,
  onReload,
}: {
  readonly defaults: CurriculumDefaults;
  readonly curriculum: Curriculum | null;
  readonly onReload: () => void;
}) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(defaults, curriculum));
  const form = useRef<HTMLFormElement>(null);
  // What was saved last: should only its cohorts be refused, it is not made a second time.
  const saved = useRef(curriculum);
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const editable = curriculum?.may_edit !== false && !curriculum?.archived_at;
  const stock = useQuery({
    queryKey: ["curriculum-stock", curriculum?.id, curriculum?.version],
    queryFn: () => getCurriculumStock(curriculum?.id as number),
    enabled: curriculum !== null,
  });
  const save = useMutation({
    mutationFn: async () => {
      const body = bodyOf(draft);
      const known = saved.current;
      const now =
        known === null
          ? await createCurriculum(body)
          : await changeCurriculum(known.id, { ...body, version: known.version });
      saved.current = now;
      const before = now.cohorts.map(({ id }) => id);
      return sameCohorts(before, draft.cohorts) ? now : followCurriculum(now.id, draft.cohorts);
    },
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ["curricula"] });
      navigate("/curricula");
    },
  });
  const errors = errorsOf(save.error);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [save.error]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form ref={form} className="stack curriculum-editor" onSubmit={submit} noValidate>
      {!editable && <Notice>{t("editorOnlySee")}</Notice>}
      {curriculum && curriculum.warnings.length > 0 && (
        <Notice tone="warning">
          <p>
            <b>{t("editorLax")}</b>
          </p>
          {curriculum.warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Notice>
      )}
      {stock.data && <EmptyTiers rows={stock.data} known={defaults.competencies} />}
      <fieldset className="stack" disabled={!editable || save.isPending}>
        <div className="field curriculum-name">
          <label htmlFor="curriculum-name">{t("curriculumName")}</label>
          <input
            id="curriculum-name"
            type="text"
            maxLength={120}
            autoComplete="off"
            value={draft.name}
            aria-invalid={errors?.has("name") || undefined}
            aria-describedby={errors?.has("name") ? "curriculum-name-error" : undefined}
            onChange={(event) => change({ name: event.target.value })}
          />
          <FieldError id="curriculum-name-error" problem={errors?.get("name")} />
        </div>
        <section className="stack" aria-labelledby="trained-title">
          <h2 id="trained-title">{t("editorCompetencies")}</h2>
          <p className="muted small">{t("editorCompetenciesWhy")}</p>
          <FieldError id="competencies-error" problem={errors?.get("competencies")} />
          <TrainingTable
            defaults={defaults}
            trainings={draft.trainings}
            errors={errors}
            stock={stock.data ?? null}
            onChange={(trainings) => change({ trainings })}
          />
          {curriculum === null && <p className="muted small">{t("editorStockFirst")}</p>}
        </section>
        <section className="stack" aria-labelledby="rule-title">
          <h2 id="rule-title">{t("editorRule")}</h2>
          <p className="muted small">{t("editorRuleWhy")}</p>
          <RuleFields
            defaults={defaults}
            rule={draft.rule}
            errors={errors}
            onChange={(rule) => change({ rule })}
          />
        </section>
        <Cohorts
          institution={curriculum?.institution.id ?? null}
          chosen={draft.cohorts}
          problem={errors?.get("cohorts")}
          onChange={(cohorts) => change({ cohorts })}
        />
        <div className="row">
          <button type="submit" className="button is-primary">
            {t("editorSave")}
          </button>
          {save.error && <Refusal error={save.error} named={errors !== null} onReload={onReload} />}
        </div>
      </fieldset>
    </form>
  );
}

function Refusal({
  error,
  named,
  onReload,
}: {
  readonly error: Error;
  readonly named: boolean;
  readonly onReload: () => void;
}) {
  const stale = error instanceof ApiError && error.code === "stale_curriculum";
  return (
    <p className="is-bad small" role="alert">
      {named ? t("editorWrong") : sentence(error)}{" "}
      {stale && (
        <button type="button" className="button" onClick={onReload}>
          {t("editorReload")}
        </button>
      )}
    </p>
  );
}

/** Which cohorts of the institution follow the curriculum. */
function Cohorts({
  institution,
  chosen,
  problem,
  onChange,
}: {
  readonly institution: number | null;
  readonly chosen: readonly number[];
  readonly problem: string | undefined;
  readonly onChange: (cohorts: readonly number[]) => void;
}) {
  const cohorts = useQuery({ queryKey: ["cohorts"], queryFn: getCohorts });
  const own = (cohorts.data ?? []).filter(
    (cohort) => institution === null || cohort.institution.id === institution,
  );
  return (
    <fieldset className="stack" aria-describedby="follow-why">
      <legend>
        <h2>{t("editorFollow")}</h2>
      </legend>
      <p id="follow-why" className="muted small">
        {cohorts.data && own.length === 0 ? t("editorFollowNone") : t("editorFollowWhy")}
      </p>
      <div className="row">
        {own.map(({ id, name }) => (
          <label key={id} className="check">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
              }
            />
            {name}
          </label>
        ))}
      </div>
      <FieldError id="cohorts-error" problem={problem} />
    </fieldset>
  );
}
