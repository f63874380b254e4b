import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { sentence } from "../api/client";
import { queryClient } from "../api/queries";
import { endSession, getTests, startTest } from "../api/requests";
import type { TestForm, Tests, TestSession } from "../api/types";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { formatDay, formatMinutes, formatMoment, percent } from "../ui/format";
import { Link } from "../ui/Link";
import { Failure, Loading } from "../ui/Notice";
import { Page } from "../ui/Page";
import { navigate } from "../ui/router";
import { FrameLoader } from "../viewer/loader";
import { goOnOrToTests, goOnWithTest, testPath } from "./go-on";
import { Making } from "./Making";
import { ReliabilityDetails } from "./ReliabilityDetails";
import { formatClock, useTimeLeft } from "./time-left";
import "./testsets.css";

const MAKING_MS = 3000;
const RULES = ["testRuleOrder", "testRuleTime", "testRuleApart", "testRuleFirst"] as const;

const isBeingMade = ({ making }: TestForm): boolean => making.running + making.waiting > 0;

/** The test sets of the site, and how they stand for the reader. */
export function TestsPage() {
  const tests = useQuery({
    queryKey: ["tests"],
    queryFn: getTests,
    refetchInterval: ({ state }) => (state.data?.forms.some(isBeingMade) ? MAKING_MS : false),
  });
  useEffect(() => void FrameLoader.shared(), []);
  const { data } = tests;
  return (
    <Page title={t("testSets")} intro={t("testSetsIntro")}>
      {tests.error && <Failure error={tests.error} onRetry={() => tests.refetch()} />}
      {tests.isPending && <Loading />}
      {data && (
        <>
          <div className="columns">
            {data.forms.map((form) => (
              <FormPanel key={form.form} form={form} tests={data} saidAt={tests.dataUpdatedAt} />
            ))}
          </div>
          <ul className="rules small muted">
            {RULES.map((rule) => (
              <li key={rule}>{t(rule)}</li>
            ))}
          </ul>
          {data.taken.length > 0 && <Taken taken={data.taken} />}
          <ReliabilityDetails />
          <p>
            <Link to="/real-or-synthetic">{t("takeTheTest")}</Link>
          </p>
          {data.may_make && <Making forms={data.forms} />}
        </>
      )}
    </Page>
  );
}

/** What a form's state is for this reader, in a sentence. */
function describeState(form: TestForm, { next_form, open, taken }: Tests): string {
  if (open?.form === form.form) return t("formOpen", { n: open.readings, all: open.cases });
  const before = taken.filter((test) => test.form === form.form);
  if (form.form !== next_form) {
    const when = before[0] && formatDay(before[0].started_at);
    return when
      ? t("formTaken", { when, form: next_form })
      : t("formAfterOther", { form: next_form });
  }
  if (!form.ready) return t("formNotReady", { ready: form.making.ready, n: form.cases });
  return before.length > 0 ? t("formReadyAgain", { n: before.length }) : t("formReady");
}

function FormPanel({
  form,
  tests,
  saidAt,
}: {
  readonly form: TestForm;
  readonly tests: Tests;
  /** When the server said so. */
  readonly saidAt: number;
}) {
  const title = `form-${form.form}`;
  const open = tests.open?.form === form.form ? tests.open : null;
  const mayStart = !tests.open && form.ready && form.form === tests.next_form;
  return (
    <section className="panel stack" aria-labelledby={title}>
      <div className="row is-spread">
        <h2 id={title}>{t("formName", { form: form.form })}</h2>
        {open && <TimeLeft test={open} saidAt={saidAt} />}
      </div>
      <dl className="form-facts">
        <dt>{t("formCases")}</dt>
        <dd>{form.cases}</dd>
        <dt>{t("formTime")}</dt>
        <dd>
          {t("formTimeOf", {
            minutes: formatMinutes(form.minutes),
            each: tests.minutes_per_case,
          })}
          . <span className="muted">{t("formTimeWhy")}</span>
        </dd>
        <dt>{t("formPrevalence")}</dt>
        <dd>
          {percent(form.prevalence)}. <span className="muted">{t("formPrevalenceWhy")}</span>
        </dd>
        <dt>{t("formState")}</dt>
        <dd>{describeState(form, tests)}</dd>
      </dl>
      {mayStart && <Start form={form} />}
      {open && <GoOn test={open} />}
    </section>
  );
}

function TimeLeft({ test, saidAt }: { readonly test: TestSession; readonly saidAt: number }) {
  const left = useTimeLeft(test.seconds_left, saidAt);
  const over = left <= 0;
  useEffect(() => {
    // What the page says of the form has changed with that.
    if (over) void queryClient.invalidateQueries({ queryKey: ["tests"] });
  }, [over]);
  return (
    <span className="numeric" role="timer" aria-live="off">
      {t("timeLeft", { time: formatClock(left) })}
    </span>
  );
}

function Start({ form }: { readonly form: TestForm }) {
  const [asking, setAsking] = useState(false);
  const start = useMutation({
    mutationFn: () => startTest(form.form),
    onSuccess: ({ id }) => goOnOrToTests(id, location.pathname),
  });
  const name = { form: form.form };
  return (
    <div className="row">
      <button type="button" className="button is-primary" onClick={() => setAsking(true)}>
        {t("startForm", name)}
      </button>
      {asking && (
        <Dialog title={t("startFormSure", name)} onClose={() => setAsking(false)}>
          <p>{t("startFormText", { n: form.cases, minutes: formatMinutes(form.minutes) })}</p>
          {start.error && (
            <p className="is-bad small" role="alert">
              {sentence(start.error)}
            </p>
          )}
          <div className="row dialog-row">
            <button
              type="button"
              className="button is-primary"
              disabled={start.isPending}
              onClick={() => start.mutate()}
            >
              {t("startNow")}
            </button>
            <button type="button" className="button" onClick={() => setAsking(false)}>
              {t("notNow")}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function GoOn({ test }: { readonly test: TestSession }) {
  const [asking, setAsking] = useState(false);
  const goOn = useMutation({ mutationFn: () => goOnWithTest(test.id, location.pathname) });
  const end = useMutation({
    mutationFn: () => endSession(test.id),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ["tests"] });
      navigate(testPath(test.id));
    },
  });
  const name = { form: test.form };
  return (
    <div className="row">
      <button
        type="button"
        className="button is-primary"
        disabled={goOn.isPending}
        onClick={() => goOn.mutate()}
      >
        {t("goOnWithForm", name)}
      </button>
      <button type="button" className="button is-quiet" onClick={() => setAsking(true)}>
        {t("endForm", name)}
      </button>
      {asking && (
        <Dialog title={t("endFormSure", name)} onClose={() => setAsking(false)}>
          <p>{t("endFormText", { n: test.cases - test.readings })}</p>
          {end.error && (
            <p className="is-bad small" role="alert">
              {sentence(end.error)}
            </p>
          )}
          <div className="row dialog-row">
            <button type="button" className="button" onClick={() => setAsking(false)}>
              {t("goOnReading")}
            </button>
            <button
              type="button"
              className="button"
              disabled={end.isPending}
              onClick={() => end.mutate()}
            >
              {t("endNow")}
            </button>
          </div>
        </Dialog>
      )}
      {goOn.error && (
        <p className="is-bad small" role="alert">
          {sentence(goOn.error)}
        </p>
      )}
    </div>
  );
}

function tellEnd({ readings, cases, ended_at, ends_at }: TestSession): string {
  if (readings === cases) return t("testCompleted");
  // One that its reader ended has ended before its time.
  return t(ended_at !== null && ended_at >= ends_at ? "testTimeUp" : "testBrokenOff");
}

function Taken({ taken }: { readonly taken: readonly TestSession[] }) {
  return (
    <section className="stack" aria-labelledby="tests-taken">
      <h2 id="tests-taken">{t("yourTests")}</h2>
      <div className="table-wrap">
        <table className="numeric">
          <caption className="visually-hidden">{t("yourTests")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("testTaken")}</th>
              <th scope="col">{t("formColumn")}</th>
              <th scope="col">{t("testRead")}</th>
              <th scope="col">{t("testState")}</th>
              <th scope="col">{t("testResult")}</th>
            </tr>
          </thead>
          <tbody>
            {taken.map((test) => {
              const when = formatMoment(test.started_at);
              return (
                <tr key={test.id}>
                  <th scope="row">{when}</th>
                  <td>{test.form}</td>
                  <td>{t("someOfAll", { some: test.readings, n: test.cases })}</td>
                  <td>{tellEnd(test)}</td>
                  <td>
                    <Link
                      to={testPath(test.id)}
                      aria-label={t("testResultOf", { form: test.form, when })}
                    >
                      {t("seeResult")}
                    </Link>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
