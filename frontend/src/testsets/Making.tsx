import { useMutation } from "@tanstack/react-query";
import { sentence } from "../api/client";
import { queryClient } from "../api/queries";
import { makeTests } from "../api/requests";
import type { TestForm } from "../api/types";
import { t } from "../i18n/translate";

/** How far the cases of the forms are made, for those who can have them made. */
export function Making({ forms }: { readonly forms: readonly TestForm[] }) {
  const make = useMutation({
    mutationFn: makeTests,
    onSuccess: (tests) => queryClient.setQueryData(["tests"], tests),
  });
  const absent = forms.some(({ making }) => making.absent > 0);
  const failed = forms.some(({ making }) => making.failed > 0);
  return (
    <section className="panel stack" aria-labelledby="making-title">
      <h2 id="making-title">{t("makingTitle")}</h2>
      <p className="small muted">{t("makingText")}</p>
      {forms.map((form) => (
        <FormMaking key={form.form} form={form} />
      ))}
      {forms.every(({ ready }) => ready) && <p className="is-good">{t("makingAll")}</p>}
      {make.error && (
        <p className="is-bad small" role="alert">
          {sentence(make.error)}
        </p>
      )}
      {(absent || failed) && (
        <div className="row">
          <button
            type="button"
            className="button"
            disabled={make.isPending}
            onClick={() => make.mutate()}
          >
            {t(absent ? "makeForms" : "makeAgain")}
          </button>
        </div>
      )}
    </section>
  );
}

function FormMaking({ form: { form, cases, making } }: { readonly form: TestForm }) {
  const counts = [
    t("makingCount", { ready: making.ready, n: cases }),
    making.running > 0 && t("makingRunning", { n: making.running }),
    making.waiting > 0 && t("makingWaiting", { n: making.waiting }),
    making.failed > 0 && t("makingFailed", { n: making.failed }),
    making.withdrawn > 0 && t("makingWithdrawn", { n: making.withdrawn }),
  ].filter(Boolean);
  return (
    <div>
      <div className="row">
        <b>{t("formName", { form })}</b>
        <progress max={1} value={making.progress} aria-label={t("makingProgress", { form })} />
        <span className="small numeric">{counts.join(" · ")}</span>
      </div>
      {making.reasons.map((reason) => (
        <p key={reason} className="is-bad small">
          {reason}
        </p>
      ))}
    </div>
  );
}
