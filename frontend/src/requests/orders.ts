/** An order as the form holds it, and as the API takes it. */
import type { CaseRequest, Density, GeneratedKind, Wishes } from "../api/types";

export interface Order {
  readonly findings: string;
  readonly recall: string;
  readonly density: string;
  readonly tier: string;
  readonly prior: boolean;
}

export const EMPTY_ORDER: Order = { findings: "", recall: "", density: "", tier: "", prior: false };

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
    `Density ${density}`,
    words.length > 0 ? words.join(", ").toLowerCase() : "no finding",
    ...(tier === null ? [] : [`tier ${tier}`]),
    ...(prior ? ["with a prior"] : []),
  ].join(", ");
}
