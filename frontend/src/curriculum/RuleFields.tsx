import type { CurriculumDefaults } from "../api/types";
import type { Key } from "../i18n/en";
import { t } from "../i18n/translate";
import { formatNumber } from "../ui/format";
import { RULE_FIELDS, type Draft, type RuleField } from "./draft";
import { NumberField } from "./NumberField";

const WORDS: Readonly<Record<RuleField, { readonly label: Key; readonly why: Key }>> = {
  probability: { label: "ruleProbability", why: "ruleProbabilityWhy" },
  items: { label: "ruleItems", why: "ruleItemsWhy" },
  neutral: { label: "ruleNeutral", why: "ruleNeutralWhy" },
  neutral_probability: { label: "ruleNeutralProbability", why: "ruleNeutralProbabilityWhy" },
  tier_probability: { label: "ruleTierProbability", why: "ruleTierProbabilityWhy" },
};

/** The rule of mastery and of tiers, each number with what it means, its default and bounds. */
export function RuleFields({
  defaults,
  rule,
  errors,
  onChange,
}: {
  readonly defaults: CurriculumDefaults;
  readonly rule: Draft["rule"];
  readonly errors: ReadonlyMap<string, string> | null;
  readonly onChange: (rule: Draft["rule"]) => void;
}) {
  return (
    <div className="rule-fields">
      {RULE_FIELDS.map((field) => {
        const limit = defaults.rule[field];
        const digits = limit?.whole ? 0 : 2;
        return (
          <div key={field} className="rule-field">
            <NumberField
              label={t(WORDS[field].label)}
              limit={limit}
              value={rule[field]}
              problem={errors?.get(`rule.${field}`)}
              describedBy={`why-${field}`}
              onChange={(value) => onChange({ ...rule, [field]: value })}
            />
            <p id={`why-${field}`} className="muted small">
              {t(WORDS[field].why, { n: defaults.minimum_n })}{" "}
              {limit &&
                t("ruleDefault", {
                  value: formatNumber(limit.default, digits),
                  lowest: formatNumber(limit.lowest, digits),
                  highest: formatNumber(limit.highest, digits),
                })}
            </p>
          </div>
        );
      })}
    </div>
  );
}
