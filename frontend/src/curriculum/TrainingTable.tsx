import type { CurriculumDefaults, Reach } from "../api/types";
import { t } from "../i18n/translate";
import { signed } from "../ui/format";
import type { Draft, Training, TrainingField } from "./draft";
import { FieldError } from "./FieldError";
import { NumberField } from "./NumberField";
import { TierStock } from "./Stock";

type Trainable = CurriculumDefaults["competencies"][number];

/** Each competency: whether it is trained, how much, through which tiers, to which goal. */
export function TrainingTable({
  defaults,
  trainings,
  errors,
  stock,
  onChange,
}: {
  readonly defaults: CurriculumDefaults;
  readonly trainings: Draft["trainings"];
  readonly errors: ReadonlyMap<string, string> | null;
  readonly stock: readonly Reach[] | null;
  readonly onChange: (trainings: Draft["trainings"]) => void;
}) {
  return (
    <div className="table-wrap">
      <table className="trainings">
        <thead>
          <tr>
            <th scope="col">{t("editorTrain")}</th>
            <th scope="col">{t("editorWeight")}</th>
            <th scope="col">{t("editorFirst")}</th>
            <th scope="col">{t("editorLast")}</th>
            <th scope="col">{t("editorOffset")}</th>
            <th scope="col">{t("editorGoal")}</th>
            {stock && <th scope="col">{t("editorStock")}</th>}
          </tr>
        </thead>
        <tbody>
          {defaults.competencies.map((trainable) => {
            const { competency } = trainable;
            const training = trainings[competency];
            return (
              training && (
                <TrainingRow
                  key={competency}
                  trainable={trainable}
                  limits={defaults.training}
                  training={training}
                  errors={errors}
                  stock={stock?.filter((cell) => cell.competency === competency) ?? null}
                  onChange={(next) => onChange({ ...trainings, [competency]: next })}
                />
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function TrainingRow({
  trainable: { competency, label, target, required },
  limits,
  training,
  errors,
  stock,
  onChange,
}: {
  readonly trainable: Trainable;
  readonly limits: CurriculumDefaults["training"];
  readonly training: Training;
  readonly errors: ReadonlyMap<string, string> | null;
  readonly stock: readonly Reach[] | null;
  readonly onChange: (training: Training) => void;
}) {
  const { trained, fields } = training;
  const path = `competencies.${competency}`;
  const problem = errors?.get(path);
  const set = (field: TrainingField) => (value: string) =>
    onChange({ ...training, fields: { ...fields, [field]: value } });
  const number = (field: TrainingField, name: string) => (
    <NumberField
      hidden
      label={t("editorOf", { field: name, label })}
      limit={limits[field]}
      value={fields[field]}
      problem={errors?.get(`${path}.${field}`)}
      disabled={!trained}
      onChange={set(field)}
    />
  );
  const offset = Number(fields.target_offset);
  const tiered = competency !== "density";
  return (
    <tr className={trained ? undefined : "is-off"}>
      <th scope="row">
        <label className="check">
          <input
            type="checkbox"
            checked={trained}
            disabled={required && trained}
            aria-label={t("editorTrainOne", { label })}
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? `${competency}-error` : undefined}
            onChange={(event) => onChange({ ...training, trained: event.target.checked })}
          />
          {label}
        </label>
        <FieldError id={`${competency}-error`} problem={problem} />
      </th>
      <td>{number("weight", t("editorWeight"))}</td>
      <td>{tiered ? number("first_tier", t("editorFirst")) : "–"}</td>
      <td>{tiered ? number("last_tier", t("editorLast")) : "–"}</td>
      <td>{number("target_offset", t("editorOffset"))}</td>
      <td className="numeric">{signed(target + (Number.isFinite(offset) ? offset : 0))}</td>
      {stock && <td>{trained && <TierStock cells={stock} />}</td>}
    </tr>
  );
}
