import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { getTestResult } from "../api/requests";
import type { FormAspect, FormChange, RocArea, TestResult } from "../api/types";
import { ProportionFigure } from "../dashboard/Proportion";
import type { Key } from "../i18n/en";
import { t } from "../i18n/translate";
import { CaseTable } from "../sessions/CaseTable";
import { formatDay, formatEstimate, formatMinutes, formatMoment, percent } from "../ui/format";
import { Link } from "../ui/Link";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";
import { ASPECTS, formatArea, formatDifference } from "./figures";
import { testPath } from "./go-on";
import { ReliabilityDetails } from "./ReliabilityDetails";
import "./testsets.css";

/** What a test set came to, once it has ended. */
export function TestResultPage({ session }: { readonly session: string }) {
  const result = useQuery({
    queryKey: ["test-result", session],
    queryFn: () => getTestResult(session),
  });
  const { data } = result;
  return (
    <Page
      title={data ? t("resultTitle", { form: data.test.form }) : t("testResult")}
      intro={data && describeTest(data)}
      actions={
        <Link to="/tests" className="button">
          {t("backToTests")}
        </Link>
      }
    >
      {result.error && <Failure error={result.error} onRetry={() => result.refetch()} />}
      {result.isPending && <Loading />}
      {data && (data.cases.length === 0 ? <p>{t("nothingRead")}</p> : <Result result={data} />)}
    </Page>
  );
}

function describeTest({ test, minutes }: TestResult): string {
  const told = t("resultIntro", {
    when: formatMoment(test.started_at),
    read: test.readings,
    all: test.cases,
    minutes: formatMinutes(minutes),
  });
  return test.completed ? told : `${told} ${t("resultBroken")}`;
}

function Result({ result }: { readonly result: TestResult }) {
  const { figures } = result;
  return (
    <>
      <dl className="figures is-narrow">
        <ProportionFigure label={t("sensitivity")} proportion={figures.sensitivity} />
        <ProportionFigure label={t("specificity")} proportion={figures.specificity} />
        <ProportionFigure label={t("lesionSensitivity")} proportion={figures.lesion_sensitivity} />
        <AreaFigure label={t("rocArea")} area={figures.area} />
        <AreaFigure label={t("wafrocArea")} area={figures.wafroc} />
      </dl>
      <p className="small muted">
        {figures.prevalence !== null &&
          `${t("resultPrevalence", { percent: percent(figures.prevalence) })} `}
        {t("noBands")}
      </p>
      <BeforeAfter change={result.change} />
      <section className="stack" aria-labelledby="form-says">
        <h2 id="form-says">{t("formSays")}</h2>
        <p className="small muted">{t("formSaysText", { n: result.minimum_n })}</p>
        <Aspects rows={result.abilities} />
      </section>
      <section className="stack" aria-labelledby="test-cases">
        <h2 id="test-cases">{t("formCases")}</h2>
        <CaseTable cases={result.cases} caption={t("formCases")} />
      </section>
      <ReliabilityDetails />
    </>
  );
}

function AreaFigure({ label, area }: { readonly label: string; readonly area: RocArea }) {
  const { value, detail } = formatArea(area);
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd className={area.enough ? "" : "is-text"}>{value}</dd>
      <dd className="small">{detail}</dd>
    </div>
  );
}

const Aspects = ({ rows }: { readonly rows: readonly FormAspect[] }) => (
  <Table caption={t("formSays")} head={["aspect", "answers", "abilityEstimate"]}>
    {rows.map((row) => (
      <tr key={row.aspect}>
        <th scope="row">{t(ASPECTS[row.aspect])}</th>
        <td>{row.n}</td>
        <td>{formatEstimate(row)}</td>
      </tr>
    ))}
  </Table>
);

const FIGURES = [
  ["sensitivity", "sensitivity", "share"],
  ["specificity", "specificity", "share"],
  ["lesion_sensitivity", "lesionSensitivity", "share"],
  ["area", "rocArea", "area"],
  ["wafroc", "wafrocArea", "area"],
] as const;

function BeforeAfter({ change }: { readonly change: FormChange | null }) {
  return (
    <section className="stack" aria-labelledby="before-after">
      <h2 id="before-after">{t("beforeAfter")}</h2>
      {change ? <Change change={change} /> : <p className="muted">{t("beforeAfterNone")}</p>}
    </section>
  );
}

function Change({ change: { before, after, figures, abilities } }: { readonly change: FormChange }) {
  return (
    <>
      <p>
        {t("beforeAfterText", {
          before: before.form,
          beforeWhen: formatDay(before.started_at),
          after: after.form,
          afterWhen: formatDay(after.started_at),
        })}
      </p>
      <Table caption={t("beforeAfter")} head={["figure", "difference"]}>
        {FIGURES.map(([name, label, kind]) => (
          <tr key={name}>
            <th scope="row">{t(label)}</th>
            <td>{formatDifference(figures[name], kind)}</td>
          </tr>
        ))}
        {abilities.map((row) => (
          <tr key={row.aspect}>
            <th scope="row">{t("abilityChange", { aspect: t(ASPECTS[row.aspect]) })}</th>
            <td>{formatEstimate(row)}</td>
          </tr>
        ))}
      </Table>
      <p className="small muted">{t("beforeAfterHonest")}</p>
      <p className="row small">
        {[before, after].map((test) => (
          <Link key={test.id} to={testPath(test.id)}>
            {t("testResultOf", { form: test.form, when: formatDay(test.started_at) })}
          </Link>
        ))}
      </p>
    </>
  );
}

const Table = ({
  caption,
  head,
  children,
}: {
  readonly caption: string;
  readonly head: readonly Key[];
  readonly children: ReactNode;
}) => (
  <div className="table-wrap">
    <table className="numeric">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {head.map((key) => (
            <th key={key} scope="col">
              {t(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);
