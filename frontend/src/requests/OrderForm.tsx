import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { isTransient } from "../api/client";
import { queryClient, useGenerators, useVocabulary } from "../api/queries";
import { requestCase } from "../api/requests";
import { t } from "../i18n/translate";
import { makeId } from "../reading/make-id";
import { GeneratorSelect } from "./GeneratorSelect";
import { meantGenerator } from "./generators";
import { bodyOf, EMPTY_ORDER, groupKinds, refusalOf, WISH_LABELS, type Order } from "./orders";
import { Select } from "./Select";

/** What a case should hold; anything left open is drawn as it comes. */
export function OrderForm({ onOrdered }: { readonly onOrdered: () => void }) {
  const vocabulary = useVocabulary();
  const generators = useGenerators();
  const [order, setOrder] = useState<Order>(EMPTY_ORDER);
  // One that was removed since it was chosen can no longer be meant.
  const generator = meantGenerator(generators.data ?? [], order.generator) ? order.generator : "";
  const wish = (part: Partial<Order>): void => setOrder({ ...order, ...part });
  const send = useMutation({
    // One id per press: an order repeated after a lost answer is the same order.
    mutationFn: requestCase,
    retry: (failures, error) => isTransient(error) && failures < 2,
    onSuccess: onOrdered,
    // The chosen generator may have been removed since the list was read.
    onError: () => void queryClient.invalidateQueries({ queryKey: ["generators"] }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate(bodyOf(makeId(), { ...order, generator }));
  };
  return (
    <section className="panel stack" aria-labelledby="order-title">
      <h2 id="order-title">{t("orderCase")}</h2>
      <form className="order" onSubmit={submit}>
        <Select
          label={t(WISH_LABELS.findings)}
          value={order.findings}
          onChange={(findings) => wish({ findings })}
        >
          <option value="">{t("asItComes")}</option>
          <option value="none">{t("noFinding")}</option>
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
          label={t(WISH_LABELS.actionable)}
          value={order.recall}
          onChange={(recall) => wish({ recall })}
        >
          <option value="">{t("asItComes")}</option>
          <option value="yes">{t("toBeRecalled")}</option>
          <option value="no">{t("toBeLeft")}</option>
        </Select>
        <Select
          label={t(WISH_LABELS.density)}
          value={order.density}
          onChange={(density) => wish({ density })}
        >
          <option value="">{t("asInPopulation")}</option>
          {vocabulary.data?.densities.map(({ key, label }) => (
            <option key={key} value={key}>
              {key}: {label}
            </option>
          ))}
        </Select>
        <Select label={t(WISH_LABELS.tier)} value={order.tier} onChange={(tier) => wish({ tier })}>
          <option value="">{t("anyTier")}</option>
          {["1", "2", "3", "4", "5"].map((tier) => (
            <option key={tier} value={tier}>
              {tier === "1" ? t("easiest") : tier === "5" ? t("hardest") : tier}
            </option>
          ))}
        </Select>
        <GeneratorSelect
          generators={generators.data ?? []}
          value={generator}
          onChange={(chosen) => wish({ generator: chosen })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={order.prior}
            onChange={(event) => wish({ prior: event.target.checked })}
          />
          {t(WISH_LABELS.prior)}
        </label>
        <button type="submit" className="button is-primary" disabled={send.isPending}>
          {t("order")}
        </button>
      </form>
      {send.error && (
        <p className="is-bad small" role="alert">
          {refusalOf(send.error)}
        </p>
      )}
      {send.isSuccess && (
        <p className="small" role="status">
          {t("orderTaken")}
        </p>
      )}
    </section>
  );
}
