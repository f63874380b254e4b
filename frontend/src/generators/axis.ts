/** An axis around values, with ticks at round numbers. */
import { formatNumber } from "../ui/format";
import { linearScale, type Scale } from "../dashboard/scale";

const TICKS = 4;

/** 1, 2 or 5 times a power of ten, so that about four steps fill the span. */
export function roundStep(span: number): number {
  const rough = span / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5].find((candidate) => candidate * power >= rough) ?? 10;
  return factor * power;
}

/**
 * A scale that holds all values with a little room, from 0 where they reach near it: a difference
 * must not look larger than it is. Values that are all alike get room around them.
 */
export function axisAround(
  values: readonly number[],
  range: readonly [number, number],
): Scale & { readonly step: number } {
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (low > 0 && low < high / 2) low = 0;
  if (high === low) [low, high] = [low - Math.abs(low || 1) / 2, high + Math.abs(high || 1) / 2];
  const step = roundStep(high - low);
  const domain: readonly [number, number] = [
    Math.floor(low / step) * step,
    Math.ceil(high / step) * step,
  ];
  return { ...linearScale(domain, range, step), step };
}

/** A tick as short as its step allows. */
export function tickText(tick: number, step: number): string {
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = formatNumber(Math.abs(tick), digits);
  return tick < 0 && Number(Math.abs(tick).toFixed(digits)) !== 0 ? `−${text}` : text;
}
