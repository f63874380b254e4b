import type { TestPlace } from "../api/types";
import { t } from "../i18n/translate";
import { formatClock, useTimeLeft } from "./time-left";
import "./testsets.css";

// With so little left the clock stands out.
const SHORT_S = 300;

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

/** "Test set, form A, case 7 of 30". */
export const describePlace = ({ form, cases }: TestPlace, position: number): string =>
  t("testPlace", { form, n: position, all: cases });
