/** What is left of an allowed time, by this machine's clock since the server said so.
 *
 * This clock may be set anew at any moment, so it only counts down: that time is up, the server says.
 */
import { useEffect, useEffectEvent, useState } from "react";

const TICK_MS = 500;
/** With so little left the clock stands out. */
export const SHORT_S = 300;
const TOLD_FOR_S = 60;
export const ASK_AGAIN_MS = 5000;

/** "1:05:09" or "12:34"; a second that has begun counts. */
export function formatClock(seconds: number): string {
  const whole = Math.max(Math.ceil(seconds), 0);
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/** Whole seconds left now of what was left at a moment. */
export const countDown = (secondsLeft: number, saidAt: number): number =>
  Math.max(Math.ceil(secondsLeft - (Date.now() - saidAt) / 1000), 0);

/** Whether it is now that little is left: not before, nor long after. */
export const isTimeToTell = (left: number): boolean =>
  left <= SHORT_S && left > SHORT_S - TOLD_FOR_S;

/** Whole seconds left, counted down from what the server said at a moment; by default, now. */
export function useTimeLeft(secondsLeft: number, saidAt?: number): number {
  const [left, setLeft] = useState(() => countDown(secondsLeft, saidAt ?? Date.now()));
  useEffect(() => {
    const since = saidAt ?? Date.now();
    const interval = setInterval(() => setLeft(countDown(secondsLeft, since)), TICK_MS);
    return () => clearInterval(interval);
  }, [secondsLeft, saidAt]);
  return left;
}

/** Asks once the time that was left has passed, and again until the watch is ended. */
export function watchTime(secondsLeft: number, ask: () => void): () => void {
  let next = Date.now() + secondsLeft * 1000;
  // By the clock and not by one long timer, which sleeps while the machine does.
  const interval = setInterval(() => {
    if (Date.now() < next) return;
    next = Date.now() + ASK_AGAIN_MS;
    ask();
  }, TICK_MS);
  return () => clearInterval(interval);
}

/** Asks the server when the time seems to be up; null is watched no more. */
export function useTimeUp(secondsLeft: number | null, ask: () => void): void {
  const onUp = useEffectEvent(ask);
  useEffect(
    () => (secondsLeft === null ? undefined : watchTime(secondsLeft, () => onUp())),
    [secondsLeft],
  );
}
