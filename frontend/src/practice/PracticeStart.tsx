import { useState, type FormEvent } from "react";
import type { SessionStart } from "../api/types";
import { t } from "../i18n/translate";
import { Segments } from "../reading/Segments";
import { Select } from "../requests/Select";
import { EXPLAINED, FINDINGS, FIRST_CHOICE, startOf, WAYS, type Choice, type Finding } from "./ways";

/** What to practise, for those who want it otherwise than the big button has it. */
export function PracticeStart({
  busy,
  onStart,
}: {
  readonly busy: boolean;
  readonly onStart: (start: SessionStart) => void;
}) {
  const [choice, setChoice] = useState<Choice>(FIRST_CHOICE);
  const change = (part: Partial<Choice>): void => setChoice({ ...choice, ...part });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onStart(startOf(choice));
  };
  return (
    <form className="panel stack practice-start" onSubmit={submit}>
      <Segments
        question={t("whatToPractise")}
        segments={WAYS.map(({ value, label }) => ({ value, label: t(label) }))}
        value={choice.way}
        onChange={(way) => change({ way })}
      />
      <p className="small muted">{t(EXPLAINED[choice.way])}</p>
      <div className="row is-end">
        {choice.way === "finding" && (
          <Select
            label={t("finding")}
            value={choice.finding}
            onChange={(finding) => change({ finding: finding as Finding })}
          >
            {FINDINGS.map(({ value, label }) => (
              <option key={value} value={value}>
                {t(label)}
              </option>
            ))}
          </Select>
        )}
        {choice.way === "tier" && (
          <Select
            label={t("tier")}
            value={String(choice.tier)}
            onChange={(tier) => change({ tier: Number(tier) })}
          >
            {[1, 2, 3, 4, 5].map((tier) => (
              <option key={tier}>{tier}</option>
            ))}
          </Select>
        )}
        <button type="submit" className="button" disabled={busy}>
          {t(choice.way === "assessment" ? "startAssessment" : "startPractice")}
        </button>
      </div>
    </form>
  );
}
