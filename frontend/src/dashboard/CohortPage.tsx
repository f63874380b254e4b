import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  cohortCsvUrl,
  cohortTestsCsvUrl,
  getCohortReport,
  getCohorts,
  getCohortTests,
} from "../api/requests";
import type { PractisedMode } from "../api/types";
import { t } from "../i18n/translate";
import { Segments } from "../reading/Segments";
import { Failure, Loading, Notice } from "../ui/Notice";
import { Page } from "../ui/Page";
import { CohortMilestones } from "./CohortMilestones";
import { CohortReport } from "./CohortReport";
import { CohortTests } from "./CohortTests";

type Shown = PractisedMode | "tests";

/** Who struggles with what in a cohort; practice, assessments and test sets each by itself. */
export function CohortPage() {
  const cohorts = useQuery({ queryKey: ["cohorts"], queryFn: getCohorts });
  const [chosen, setChosen] = useState<number | null>(null);
  const [shown, setShown] = useState<Shown>("practice");
  const id = chosen ?? cohorts.data?.[0]?.id ?? null;
  return (
    <Page
      title={t("pageCohort")}
      intro={t("cohortIntro")}
      actions={
        id !== null && (
          <>
            {(cohorts.data?.length ?? 0) > 1 && (
              <div className="field">
                <label htmlFor="cohort">{t("cohortName")}</label>
                <select id="cohort" value={id} onChange={(event) => setChosen(Number(event.target.value))}>
                  {cohorts.data?.map((cohort) => (
                    <option key={cohort.id} value={cohort.id}>
                      {cohort.name}
                    </option>
                  ))}
                </select>
              </div>
            )}
            <a
              className="button"
              href={shown === "tests" ? cohortTestsCsvUrl(id) : cohortCsvUrl(id, shown)}
              download
            >
              {t("cohortDownloadCsv")}
            </a>
          </>
        )
      }
    >
      {cohorts.error && <Failure error={cohorts.error} onRetry={() => cohorts.refetch()} />}
      {cohorts.data?.length === 0 && <Notice>{t("cohortNoCohort")}</Notice>}
      {cohorts.isPending && <Loading />}
      {id !== null && (
        <>
          <Segments
            question={t("cohortFiguresOf")}
            segments={[
              { value: "practice", label: t("cohortPractice") },
              { value: "assessment", label: t("cohortAssessmentMode") },
              { value: "tests", label: t("cohortTestSets") },
            ]}
            value={shown}
            onChange={setShown}
          />
          {shown === "tests" ? <TestSets id={id} /> : <Practised id={id} mode={shown} />}
        </>
      )}
    </Page>
  );
}

function Practised({ id, mode }: { readonly id: number; readonly mode: PractisedMode }) {
  const report = useQuery({
    queryKey: ["cohort-report", id, mode],
    queryFn: () => getCohortReport(id, mode),
  });
  if (report.error) return <Failure error={report.error} onRetry={() => report.refetch()} />;
  if (!report.data) return <Loading />;
  if (report.data.residents.length === 0) return <NoResident cohort={report.data.cohort.name} />;
  return (
    <>
      <CohortReport report={report.data} />
      {mode === "practice" && <CohortMilestones cohort={id} />}
    </>
  );
}

function TestSets({ id }: { readonly id: number }) {
  const report = useQuery({ queryKey: ["cohort-tests", id], queryFn: () => getCohortTests(id) });
  if (report.error) return <Failure error={report.error} onRetry={() => report.refetch()} />;
  if (!report.data) return <Loading />;
  if (report.data.residents.length === 0) return <NoResident cohort={report.data.cohort.name} />;
  return <CohortTests report={report.data} />;
}

const NoResident = ({ cohort }: { readonly cohort: string }) => (
  <Notice>{t("cohortNoResident", { cohort })}</Notice>
);
