/** A linear scale with round ticks. */
export interface Scale {
  readonly ticks: readonly number[];
  at(value: number): number;
}

export function linearScale(domain: readonly [number, number], range: readonly [number, number], step = 1): Scale {
  const [low, high] = domain;
  const [from, to] = range;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + 1e-9; tick += step) ticks.push(tick);
  return { ticks, at: (value) => from + ((value - low) / (high - low)) * (to - from) };
}

/** Whole numbers around all values, never narrower than -2 to 2. */
export function abilityDomain(values: readonly number[]): [number, number] {
  return [Math.min(-2, Math.floor(Math.min(...values))), Math.max(2, Math.ceil(Math.max(...values)))];
}
