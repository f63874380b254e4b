import type { MarkShape } from "./overlay";

/** Marks of one finding in both views carry one label, such as "1 = 3". */
export function labelJointly(marks: readonly MarkShape[]): MarkShape[] {
  const byId = new Map(marks.map((mark) => [mark.id, mark]));
  const order = new Map(marks.map((mark, index) => [mark.id, index]));
  return marks.map((mark) => {
    const other = mark.link ? byId.get(mark.link) : undefined;
    if (!other) return mark;
    const pair = [mark, other].sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
    return { ...mark, label: pair.map(({ label }) => label).join(" = ") };
  });
}
