import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getTestReliability } from "../api/requests";
import type { TestReliability } from "../api/types";
import { t } from "../i18n/translate";
import { formatNumber } from "../ui/format";
import { Failure, Loading } from "../ui/Notice";
import { ASPECTS, formatReliability } from "./figures";

/** How reliable the forms are; asked for when it is looked at. */
export function ReliabilityDetails() {
  const [open, setOpen] = useState(false);
  const reliability = useQuery({
    queryKey: ["test-reliability"],
    queryFn: getTestReliability,
    enabled: open,
  });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("reliability")}</summary>
      <div className="stack">
        {reliability.error && (
          <Failure error={reliability.error} onRetry={() => reliability.refetch()} />
        )}
        {open && reliability.isPending && <Loading />}
        {reliability.data && <Told told={reliability.data} />}
      </div>
    </details>
  );
}

function Told({ told }: { readonly told: TestReliability }) {
  const rows = told.forms.flatMap(({ form, model }) => model.map((row) => ({ form, ...row })));
  return (
    <>
      {rows.length > 0 && (
        <>
          <p className="small muted">{t("reliabilityText")}</p>
          <div className="table-wrap">
            <table className="numeric">
              <caption className="visually-hidden">{t("reliability")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("aspect")}</th>
                  <th scope="col">{t("items")}</th>
                  <th scope="col">{t("standardError")}</th>
                  <th scope="col">{t("atGoal")}</th>
                  <th scope="col">{t("overReaders")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ form, aspect, items, error, at_target, marginal }) => (
                  <tr key={`${form} ${aspect}`}>
                    <th scope="row">
                      {t("formName", { form })}: {t(ASPECTS[aspect])}
                    </th>
                    <td>{items}</td>
                    <td>{formatNumber(error, 2)}</td>
                    <td>{formatNumber(at_target, 2)}</td>
                    <td>{formatNumber(marginal, 2)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      <p className="small muted">{t("reliabilitySeen", { n: told.minimum_readers })}</p>
      <dl className="form-facts numeric">
        {told.forms.map(({ form, alpha }) => (
          <Fact key={form} what={t("alphaOf", { form })} value={formatReliability(alpha)} />
        ))}
        <Fact what={t("parallelForms")} value={formatReliability(told.parallel)} />
      </dl>
    </>
  );
}

const Fact = ({ what, value }: { readonly what: string; readonly value: string }) => (
  <>
    <dt>{what}</dt>
    <dd>{value}</dd>
  </>
);
