import type { TestPlace } from "../api/types";
import { t } from "../i18n/translate";
import { formatClock, isTimeToTell, SHORT_S, useTimeLeft } from "./time-left";
import "./testsets.css";

/** The time that is left, beside the case of a test set. */
export function TestClock({ test }: { readonly test: TestPlace }) {
  const left = useTimeLeft(test.seconds_left);
  return (
    <span
      className={`small numeric ${left < SHORT_S ? "is-short" : "muted"}`}
      role="timer"
      aria-live="off"
      title={t("hideClock")}
    >
      {t("timeLeft", { time: formatClock(left) })}
    </span>
  );
}

/** Tells who does not look at the clock, once, that little is left. */
export function TimeShort({ test }: { readonly test: TestPlace }) {
  const left = useTimeLeft(test.seconds_left);
  return (
    <p className="visually-hidden" role="status">
      {isTimeToTell(left) && t("fiveMinutesLeft")}
    </p>
  );
}

/** "Test set, form A, case 7 of 30". */
export const describePlace = ({ form, cases }: TestPlace, position: number): string =>
  t("testPlace", { form, n: position, all: cases });
