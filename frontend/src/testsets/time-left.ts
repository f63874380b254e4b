/** What is left of an allowed time, by this machine's clock since the server said so. */
import { useEffect, useState } from "react";

const TICK_MS = 500;

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

/** Whole seconds left, counted down from what the server said. */
export function useTimeLeft(secondsLeft: number): number {
  const [left, setLeft] = useState(Math.ceil(secondsLeft));
  useEffect(() => {
    const end = Date.now() + secondsLeft * 1000;
    const tick = (): void => setLeft(Math.max(Math.ceil((end - Date.now()) / 1000), 0));
    const interval = setInterval(tick, TICK_MS);
    return () => clearInterval(interval);
  }, [secondsLeft]);
  return left;
}

/** Whether the time that was left has passed; null never does. */
export function useTimeUp(secondsLeft: number | null): boolean {
  const [up, setUp] = useState(false);
  useEffect(() => {
    if (secondsLeft === null) return;
    const end = Date.now() + secondsLeft * 1000;
    // By the clock and not by one long timer, which sleeps while the machine does.
    const interval = setInterval(() => setUp(Date.now() >= end), TICK_MS);
    return () => clearInterval(interval);
  }, [secondsLeft]);
  return up;
}
