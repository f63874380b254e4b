import type { CohortTests as Tests } from "../api/types";
import { t } from "../i18n/translate";
import { percent } from "../ui/format";
import { Notice } from "../ui/Notice";
import { ChangeChart } from "./ChangeChart";
import { kindOf, MEASURES, writeChange, writeP } from "./cohort";
import { FigureCell } from "./FigureCell";
import { ResidentTests } from "./ResidentTests";

type Change = Tests["change"]["measures"][number];
type Form = Tests["forms"][number];

const NONE = { value: null, low: null, high: null };

const countCases = ({ n_positive, n_negative }: { n_positive: number | null; n_negative: number | null }): string =>
  [n_positive, n_negative].filter((n) => n !== null).join(" + ");

/** Test sets: what changed, each form, and resident by resident. */
export function CohortTests({ report }: { readonly report: Tests }) {
  return (
    <>
      <Changes report={report} />
      <Forms forms={report.forms} />
      <ResidentTests residents={report.residents} />
    </>
  );
}

function Changes({ report }: { readonly report: Tests }) {
  const { change, minimum_n: n, minimum_readers: readers } = report;
  const known = change.measures.filter(({ enough }) => enough);
  return (
    <section className="stack" aria-labelledby="change-title">
      <h2 id="change-title">{t("cohortChangeTitle")}</h2>
      {change.readers === 0 ? (
        <Notice>{t("cohortChangeNobody")}</Notice>
      ) : (
        <p>
          {t("cohortChangeIntro", { n: change.readers })}{" "}
          {change.left_out > 0 && t("cohortLeftOut", { n: change.left_out })}
        </p>
      )}
      {change.readers > 0 && known.length === 0 && (
        <Notice>{t("cohortChangeFew", { n, readers })}</Notice>
      )}
      {known.length > 0 && (
        <>
          <figure className="stack">
            <p className="legend">
              <span className="before">● {t("cohortBefore")}</span>
              <span className="after">● {t("cohortAfter")}</span>
            </p>
            <ChangeChart rows={known} />
          </figure>
          <ChangeTable rows={change.measures} readers={change.readers} />
          <p className="muted small">
            {change.prevalence !== null &&
              t("cohortChangeCases", {
                cases: change.cases,
                positives: change.positives,
                percent: percent(change.prevalence),
              })}{" "}
            {t("cohortChangeMethod")}
          </p>
        </>
      )}
    </section>
  );
}

function ChangeTable({ rows, readers }: { readonly rows: readonly Change[]; readonly readers: number }) {
  return (
    <div className="table-wrap">
      <table>
        <caption>{t("cohortChangeCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("cohortMeasure")}</th>
            <th scope="col">{t("cohortBefore")}</th>
            <th scope="col">{t("cohortAfter")}</th>
            <th scope="col">{t("cohortChange")}</th>
            <th scope="col">{t("cohortPValue")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const kind = kindOf(row.measure);
            const rest = t("cohortResidentsCount", { n: readers });
            return (
              <tr key={row.measure}>
                <th scope="row">
                  {t(MEASURES[row.measure])}
                  <br />
                  <span className="muted small">{t("cohortCasesOf", { n: countCases(row) })}</span>
                </th>
                <FigureCell figure={row.before ?? NONE} kind={kind} rest={rest} />
                <FigureCell figure={row.after ?? NONE} kind={kind} rest={rest} />
                <td className="numeric">
                  {row.change ? (
                    writeChange({ ...row.change, p: null }, kind)
                  ) : (
                    <span className="muted">{t("notEnoughReadings")}</span>
                  )}
                </td>
                <td className="numeric">{row.change ? writeP(row.change.p) : "–"}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Forms({ forms }: { readonly forms: readonly Form[] }) {
  return (
    <section className="stack" aria-labelledby="forms-title">
      <h2 id="forms-title">{t("cohortFormsTitle")}</h2>
      {forms.length === 0 ? (
        <Notice>{t("cohortNoForm")}</Notice>
      ) : (
        <div className="table-wrap">
          <table>
            <caption>{t("cohortFormsCaption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("cohortForm")}</th>
                {forms[0]?.measures.map(({ measure }) => (
                  <th key={measure} scope="col">
                    {t(MEASURES[measure])}
                  </th>
                ))}
                <th scope="col">{t("cohortDensityKappa")}</th>
                <th scope="col">{t("cohortAssessmentKappa")}</th>
              </tr>
            </thead>
            <tbody>
              {forms.map((form) => (
                <FormRow key={form.form} form={form} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function FormRow({ form }: { readonly form: Form }) {
  const { density_kappa: density, assessment_kappa: assessment } = form.averages;
  return (
    <tr>
      <th scope="row">
        {t("cohortFormName", { form: form.form })}
        <br />
        <span className="muted small">
          {t("cohortResidentsCount", { n: form.readers })}
          <br />
          {t("cohortPrevalenceOf", {
            positives: form.positives,
            cases: form.cases,
            percent: percent(form.prevalence ?? 0),
          })}
          {form.left_out > 0 && (
            <>
              <br />
              {t("cohortLeftOut", { n: form.left_out })}
            </>
          )}
        </span>
      </th>
      {form.measures.map((row) => (
        <FigureCell
          key={row.measure}
          figure={row.estimate ?? NONE}
          kind={kindOf(row.measure)}
          rest={t("cohortCasesOf", { n: countCases(row) })}
        />
      ))}
      {[density, assessment].map((average, index) => (
        <FigureCell
          key={index}
          figure={average}
          kind="number"
          rest={t("cohortResidentsCount", { n: average.readers })}
        />
      ))}
    </tr>
  );
}
