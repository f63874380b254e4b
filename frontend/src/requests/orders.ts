/** An order as the form holds it, and as the API takes it. */
import { ApiError, flatten, sentence } from "../api/client";
import type { CaseOrder, CaseRequest, Density, GeneratedKind, Wishes } from "../api/types";
import type { Key } from "../i18n/en";
import { t } from "../i18n/translate";
import { lowerWord } from "../i18n/words";

export interface Order {
  readonly findings: string;
  readonly recall: string;
  readonly density: string;
  readonly tier: string;
  readonly prior: boolean;
  /** SHA-256 of the weights that are to draw it; empty for the site's default. */
  readonly generator: string;
}

export const EMPTY_ORDER: Order = {
  findings: "",
  recall: "",
  density: "",
  tier: "",
  prior: false,
  generator: "",
};

/** The request of an order, under the id that tells it from the next. */
export function bodyOf(id: string, order: Order): CaseOrder {
  const wishes = wishesOf(order);
  return order.generator ? { id, wishes, generator: order.generator } : { id, wishes };
}

/** Only what was wished: anything left out is drawn. */
export function wishesOf(order: Order): Wishes {
  return {
    ...(order.findings && { findings: order.findings }),
    ...(order.recall && { actionable: order.recall === "yes" }),
    ...(order.density && { density: order.density as Density }),
    ...(order.tier && { tier: Number(order.tier) }),
    ...(order.prior && { prior: true }),
  };
}

/** What the form calls each wish. */
export const WISH_LABELS = {
  findings: "wishFinding",
  actionable: "wishRecall",
  density: "wishDensity",
  tier: "wishTier",
  prior: "wishPrior",
  generator: "wishGenerator",
} as const satisfies Record<string, Key>;

/** Why an order was refused, in the words of the form. */
export function refusalOf(error: unknown): string {
  const { body, status } = error instanceof ApiError ? error : { body: null, status: 0 };
  if (status !== 400 || typeof body !== "object" || body === null) return sentence(error);
  const { wishes, ...others } = body as Record<string, unknown>;
  const fields = { ...others, ...(wishes as Record<string, unknown> | undefined) };
  const labels: Readonly<Record<string, Key>> = WISH_LABELS;
  const nameOf = (field: string): string => {
    const label = labels[field];
    return label ? t(label) : field;
  };
  const said = Object.entries(fields)
    .filter(([name]) => name !== "code" && name !== "detail")
    .flatMap(([name, problem]) => flatten(problem, [nameOf(name)]));
  return said.join(" ") || sentence(error);
}

/** Kinds of finding by chapter, in the order in which the chapters come. */
export function groupKinds(
  kinds: readonly GeneratedKind[],
): { readonly label: string; readonly kinds: readonly GeneratedKind[] }[] {
  const labels = [...new Set(kinds.map((kind) => kind.group_label))];
  return labels.map((label) => ({
    label,
    kinds: kinds.filter((kind) => kind.group_label === label),
  }));
}

/** What was ordered, in words: a request names kinds of finding by their keys. */
export function describeCase(
  { density, findings, tier, prior }: Pick<CaseRequest, "density" | "findings" | "tier" | "prior">,
  kinds: readonly GeneratedKind[] = [],
): string {
  const words = findings.map((kind) => kinds.find(({ key }) => key === kind)?.label ?? kind);
  return [
    t("requestDensity", { density }),
    words.length > 0 ? words.map(lowerWord).join(", ") : t("requestNoFinding"),
    ...(tier === null ? [] : [t("requestTier", { tier })]),
    ...(prior ? [t("requestPrior")] : []),
  ].join(", ");
}
