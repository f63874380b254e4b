import { useId } from "react";
import type { CardOutcome, CardRow, CardTable as Table } from "../api/types";
import { CARD_LANGUAGE } from "./language";

const STATES: Readonly<Record<CardOutcome, string>> = {
  met: "state is-good is-done",
  missed: "state is-bad",
  unknown: "state muted",
  none: "",
};

/** A table of a card; where rows were judged, the last column says how. */
export function CardTable({ table }: { readonly table: Table }) {
  const id = useId();
  return (
    <div className="stack" lang={CARD_LANGUAGE}>
      <h3 id={id}>{table.title}</h3>
      {table.intro && <p className="muted">{table.intro}</p>}
      {/* Focusable, so that a narrow window can be scrolled with the keyboard. */}
      <div className="table-wrap" role="region" aria-labelledby={id} tabIndex={0}>
        <table className="card-table" aria-labelledby={id}>
          <thead>
            <tr>
              <td />
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              <TableRow key={index} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function TableRow({ row }: { readonly row: CardRow }) {
  const judged = row.outcome !== "none";
  return (
    <tr>
      <th scope="row">
        {row.label}
        {row.sentence && <span className="sentence">{row.sentence}</span>}
      </th>
      {row.cells.map((cell, index) => (
        <td key={index} className="numeric">
          {judged && index === row.cells.length - 1 ? (
            <span className={STATES[row.outcome]}>{cell}</span>
          ) : (
            cell
          )}
        </td>
      ))}
    </tr>
  );
}
