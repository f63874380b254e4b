import type { CohortReport as Report, RocArea } from "../api/types";
import { t } from "../i18n/translate";
import { formatDay, formatEstimate } from "../ui/format";
import { AbilityChart, AbilityLegend } from "./AbilityChart";
import { AbilityTable } from "./AbilityTable";
import { describePrevalence, describeReader, type Kind } from "./cohort";
import { FigureCell } from "./FigureCell";

type Resident = Report["residents"][number];
type Averages = Report["averages"];

const DECISIONS: readonly {
  readonly name: keyof Averages & keyof Resident;
  readonly label: Parameters<typeof t>[0];
  readonly kind: Kind;
}[] = [
  { name: "sensitivity", label: "cohortSensitivity", kind: "share" },
  { name: "specificity", label: "cohortSpecificity", kind: "share" },
  { name: "area", label: "cohortRocArea", kind: "number" },
  { name: "density_kappa", label: "cohortDensityKappa", kind: "number" },
  { name: "assessment_kappa", label: "cohortAssessmentKappa", kind: "number" },
];

const countOf = (figure: { readonly n: number } | RocArea): string => {
  const n = "n" in figure ? figure.n : `${figure.n_positive} + ${figure.n_negative}`;
  return t("cohortNotEnoughOf", { n });
};

/** Practice or assessment: who struggles with what, decisions, abilities. */
export function CohortReport({ report }: { readonly report: Report }) {
  return (
    <>
      <Struggles residents={report.residents} />
      <Decisions report={report} />
      <figure className="stack" aria-labelledby="chart-title">
        <h2 id="chart-title">{t("cohortAbilitiesTitle")}</h2>
        <AbilityLegend />
        <AbilityChart readers={report.residents} />
        <details>
          <summary>{t("cohortSameAsTable")}</summary>
          <AbilityTable caption={t("cohortAbilitiesCaption")} rows={report.residents} />
        </details>
      </figure>
    </>
  );
}

function Struggles({ residents }: { readonly residents: readonly Resident[] }) {
  return (
    <section className="stack" aria-labelledby="struggles-title">
      <h2 id="struggles-title">{t("cohortStruggleTitle")}</h2>
      <div className="table-wrap">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("cohortResident")}</th>
              <th scope="col">{t("cohortSurelyBelow")}</th>
              <th scope="col">{t("cohortCriterion")}</th>
              <th scope="col">{t("cohortLastRead")}</th>
            </tr>
          </thead>
          <tbody>
            {residents.map((resident) => (
              <tr key={resident.id}>
                <th scope="row">{resident.name}</th>
                <td>
                  {resident.struggles.length > 0 ? (
                    nameStruggles(resident)
                  ) : (
                    <span className="muted">
                      {t(isKnown(resident) ? "cohortSurelyBelowNone" : "notEnoughAnswers")}
                    </span>
                  )}
                </td>
                <td>
                  {describeReader(resident.criterion)}
                  {resident.criterion.enough && (
                    <>
                      <br />
                      <span className="muted small">{formatEstimate(resident.criterion)}</span>
                    </>
                  )}
                </td>
                <td>
                  {formatDay(resident.last_read_at)}
                  <br />
                  <span className="muted small">
                    {t("cohortReadingsCount", { n: resident.readings })}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted small">{t("cohortStruggleNote")}</p>
    </section>
  );
}

const isKnown = ({ abilities }: Resident): boolean => abilities.some(({ enough }) => enough);

const nameStruggles = ({ struggles, abilities }: Resident): string =>
  struggles
    .map((name) => abilities.find(({ competency }) => competency === name)?.label ?? name)
    .join(", ");

function Decisions({ report }: { readonly report: Report }) {
  const { mode, residents, averages, minimum_n: n, minimum_readers: readers } = report;
  const practice = mode === "practice";
  return (
    <section className="stack" aria-labelledby="readings-title">
      <h2 id="readings-title">
        {t(practice ? "cohortDecisionsPractice" : "cohortDecisionsAssessment")}
      </h2>
      <p className="muted small">{describePrevalence(report)}</p>
      <div className="table-wrap">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("cohortResident")}</th>
              {DECISIONS.map(({ name, label }) => (
                <th key={name} scope="col">
                  {t(label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {residents.map((resident) => (
              <tr key={resident.id}>
                <th scope="row">{resident.name}</th>
                {DECISIONS.map(({ name, kind }) => (
                  <FigureCell
                    key={name}
                    figure={resident[name]}
                    kind={kind}
                    rest={countOf(resident[name])}
                  />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("cohortMeanOfResidents")}</th>
              {DECISIONS.map(({ name, kind }) => (
                <FigureCell
                  key={name}
                  figure={averages[name]}
                  kind={kind}
                  rest={t("cohortResidentsCount", { n: averages[name].readers })}
                />
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      <p className="muted small">
        {t("cohortFiguresFrom", { n, readers })} {practice && t("cohortPracticeFits")}
      </p>
    </section>
  );
}
