import type { CohortTests } from "../api/types";
import { t } from "../i18n/translate";
import { formatDay } from "../ui/format";
import { write, writeChange, writeInterval, type Kind, type Shown } from "./cohort";

type Resident = CohortTests["residents"][number];
type Sat = NonNullable<Resident["before"]>;
type Changed = "sensitivity" | "specificity" | "area";
type Figure = Changed | "density_kappa" | "assessment_kappa";

const COLUMNS: readonly {
  readonly name: Figure;
  readonly label: Parameters<typeof t>[0];
  readonly kind: Kind;
}[] = [
  { name: "sensitivity", label: "cohortSensitivity", kind: "share" },
  { name: "specificity", label: "cohortSpecificity", kind: "share" },
  { name: "area", label: "cohortRocArea", kind: "number" },
  { name: "density_kappa", label: "cohortDensityKappa", kind: "number" },
  { name: "assessment_kappa", label: "cohortAssessmentKappa", kind: "number" },
];

/** Before and after of each resident; a form read twice is told below. */
export function ResidentTests({ residents }: { readonly residents: readonly Resident[] }) {
  const again = residents.flatMap((resident) =>
    resident.repeats.map((repeat) => ({ ...repeat, name: resident.name, id: resident.id })),
  );
  return (
    <section className="stack" aria-labelledby="residents-title">
      <h2 id="residents-title">{t("cohortResidentsTitle")}</h2>
      <div className="table-wrap">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("cohortResident")}</th>
              {COLUMNS.map(({ name, label }) => (
                <th key={name} scope="col">
                  {t(label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {residents.map((resident) => (
              <Row key={resident.id} resident={resident} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted small">{t("cohortResidentsNote")}</p>
      {again.map(({ id, name, form, cases, ...change }) => (
        <p key={`${id} ${form}`}>
          {change.enough
            ? t("cohortRepeat", { name, form, cases, change: writeChange(change, "number") })
            : t("cohortRepeatFew", { name, form })}
        </p>
      ))}
    </section>
  );
}

function Row({ resident }: { readonly resident: Resident }) {
  const { name, before, after } = resident;
  return (
    <tr>
      <th scope="row">
        {name}
        {[before, after].map(
          (sat) =>
            sat && (
              <span key={sat.form} className="muted small line">
                {t("cohortFormOn", {
                  form: t("cohortFormName", { form: sat.form }),
                  day: formatDay(sat.started_at),
                })}
              </span>
            ),
        )}
      </th>
      {before === null ? (
        <td colSpan={COLUMNS.length} className="muted">
          {t("cohortNotSat")}
        </td>
      ) : (
        COLUMNS.map((column) => (
          <Cell key={column.name} column={column} resident={resident} before={before} after={after} />
        ))
      )}
    </tr>
  );
}

function Cell({
  column: { name, kind },
  resident,
  before,
  after,
}: {
  readonly column: (typeof COLUMNS)[number];
  readonly resident: Resident;
  readonly before: Sat;
  readonly after: Sat | null;
}) {
  const changed = name === "density_kappa" || name === "assessment_kappa" ? null : resident[name];
  return (
    <td className="numeric">
      <Line label={t("cohortBefore")} figure={before[name]} kind={kind} />
      {after && <Line label={t("cohortAfter")} figure={after[name]} kind={kind} />}
      {after && changed?.enough && (
        <span className="small line">
          <span className="unbroken">{writeChange({ ...changed, p: null }, kind)}</span>
        </span>
      )}
    </td>
  );
}

function Line({
  label,
  figure,
  kind,
}: {
  readonly label: string;
  readonly figure: Shown;
  readonly kind: Kind;
}) {
  return (
    <span className="line">
      <span className="muted small">{label}</span>{" "}
      {figure.value === null ? (
        <span className="muted small">{t("notEnoughReadings")}</span>
      ) : (
        <>
          {write(figure.value, kind)}{" "}
          <span className="muted small unbroken">{writeInterval(figure, kind)}</span>
        </>
      )}
    </span>
  );
}
