import type { Proportion } from "../api/types";
import { formatProportion } from "../ui/format";

export function ProportionFigure({
  label,
  proportion,
}: {
  readonly label: string;
  readonly proportion: Proportion;
}) {
  const { value, detail } = formatProportion(proportion);
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd className={proportion.enough ? "" : "is-text"}>{value}</dd>
      <dd className="small">{detail}</dd>
    </div>
  );
}

export function ProportionCell({ proportion }: { readonly proportion: Proportion }) {
  const { value, detail } = formatProportion(proportion);
  return (
    <td className="numeric">
      {value}
      <br />
      <span className="muted small">{detail}</span>
    </td>
  );
}
