/** p-values adjusted by Holm's step-down rule (Holm 1979), in the order of the input. */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_, i) => i).sort((i, j) => p[i] - p[j]);
  const out = new Array<number>(p.length);
  let running = 0;
  order.forEach((i, k) => out[i] = running = Math.max(running, Math.min(1, p[i] * (p.length - k))));
  return out;
}
