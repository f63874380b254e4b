/** Generators as orders offer them, and as requests tell of them. */
import type { Generator, UsedGenerator } from "../api/types";
import { t } from "../i18n/translate";

/** What may be chosen besides the default; nothing where there is no choice. */
export function offerGenerators(
  generators: readonly Generator[],
): { readonly standard: string; readonly others: readonly Generator[] } | null {
  if (generators.length < 2) return null;
  const standard = generators.find(({ is_default }) => is_default);
  return {
    standard: standard ? t("defaultOne", { name: standard.name }) : t("siteDefault"),
    others: generators.filter((each) => each !== standard),
  };
}

/** Which one is meant: the chosen one, or the default where none was chosen. */
export function meantGenerator(
  generators: readonly Generator[],
  chosen: string,
): Generator | undefined {
  return generators.find((each) => (chosen ? each.sha256 === chosen : each.is_default));
}

/** Whether a request need tell its generator: not where there is, and was, but one. */
export function isWorthTelling(
  used: UsedGenerator | null,
  generators: readonly Generator[],
): used is UsedGenerator {
  if (!used) return false;
  return generators.length > 1 || generators.some(({ sha256 }) => sha256 !== used.sha256);
}

/** A name, or for older cases the beginning of the hash. */
export const nameOf = ({ name, sha256 }: UsedGenerator): string => name || sha256.slice(0, 12);

export const cardPath = ({ sha256 }: { readonly sha256: string }): string =>
  `/model-card/${sha256}`;
