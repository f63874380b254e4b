import type { Generator } from "../api/types";
import { t } from "../i18n/translate";
import { Link } from "../ui/Link";
import { cardPath, meantGenerator, offerGenerators } from "./generators";
import { WISH_LABELS } from "./orders";
import { Select } from "./Select";

/** Which generator is to draw the case; nothing to see where the site has but one. */
export function GeneratorSelect({
  generators,
  value,
  onChange,
}: {
  readonly generators: readonly Generator[];
  /** SHA-256 of the chosen one; empty for the site's default. */
  readonly value: string;
  readonly onChange: (sha256: string) => void;
}) {
  const offer = offerGenerators(generators);
  if (!offer) return null;
  const meant = meantGenerator(generators, value);
  return (
    <div className="generator-choice">
      <Select label={t(WISH_LABELS.generator)} value={value} onChange={onChange}>
        <option value="">{offer.standard}</option>
        {offer.others.map(({ sha256, name }) => (
          <option key={sha256} value={sha256}>
            {name}
          </option>
        ))}
      </Select>
      {meant?.has_card && (
        <Link to={cardPath(meant)}>{t("modelCardOf", { name: meant.name })}</Link>
      )}
    </div>
  );
}
