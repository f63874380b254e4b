import { useMutation } from "@tanstack/react-query";
import { useId, useState, type FormEvent, type ReactNode } from "react";
import { isTransient } from "../api/client";
import { useVocabulary } from "../api/queries";
import { requestCase } from "../api/requests";
import type { Wishes } from "../api/types";
import { makeId } from "../reading/make-id";
import { EMPTY_ORDER, groupKinds, refusalOf, WISH_LABELS, wishesOf, type Order } from "./orders";

/** What a case should hold; anything left open is drawn as it comes. */
export function OrderForm({ onOrdered }: { readonly onOrdered: () => void }) {
  const vocabulary = useVocabulary();
  const [order, setOrder] = useState<Order>(EMPTY_ORDER);
  const wish = (part: Partial<Order>): void => setOrder({ ...order, ...part });
  const send = useMutation({
    // One id per press: an order repeated after a lost answer is the same order.
    mutationFn: ({ id, wishes }: { id: string; wishes: Wishes }) => requestCase({ id, wishes }),
    retry: (failures, error) => isTransient(error) && failures < 2,
    onSuccess: onOrdered,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate({ id: makeId(), wishes: wishesOf(order) });
  };
  return (
    <section className="panel stack" aria-labelledby="order-title">
      <h2 id="order-title">Order a case</h2>
      <form className="order" onSubmit={submit}>
        <Select
          label={WISH_LABELS.findings}
          value={order.findings}
          onChange={(findings) => wish({ findings })}
        >
          <option value="">As it comes</option>
          <option value="none">No finding</option>
          {groupKinds(vocabulary.data?.generated_kinds ?? []).map(({ label, kinds }) => (
            <optgroup key={label} label={label}>
              {kinds.map((kind) => (
                <option key={kind.key} value={kind.key}>
                  {kind.label}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
        <Select
          label={WISH_LABELS.actionable}
          value={order.recall}
          onChange={(recall) => wish({ recall })}
        >
          <option value="">As it comes</option>
          <option value="yes">To be recalled</option>
          <option value="no">To be left alone</option>
        </Select>
        <Select
          label={WISH_LABELS.density}
          value={order.density}
          onChange={(density) => wish({ density })}
        >
          <option value="">As in the population</option>
          {vocabulary.data?.densities.map(({ key, label }) => (
            <option key={key} value={key}>
              {key}: {label}
            </option>
          ))}
        </Select>
        <Select label={WISH_LABELS.tier} value={order.tier} onChange={(tier) => wish({ tier })}>
          <option value="">Any</option>
          {["1", "2", "3", "4", "5"].map((tier) => (
            <option key={tier} value={tier}>
              {tier === "1" ? "1 (easiest)" : tier === "5" ? "5 (hardest)" : tier}
            </option>
          ))}
        </Select>
        <label className="check">
          <input
            type="checkbox"
            checked={order.prior}
            onChange={(event) => wish({ prior: event.target.checked })}
          />
          {WISH_LABELS.prior}
        </label>
        <button type="submit" className="button is-primary" disabled={send.isPending}>
          Order
        </button>
      </form>
      {send.error && (
        <p className="is-bad small" role="alert">
          {refusalOf(send.error)}
        </p>
      )}
      {send.isSuccess && (
        <p className="small" role="status">
          Ordered. It appears below and in the library when it is made.
        </p>
      )}
    </section>
  );
}

function Select({
  label,
  value,
  onChange,
  children,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </div>
  );
}
