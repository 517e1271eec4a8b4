/** Options of {@linkcode benjamini}. */
export interface BenjaminiOptions {
  /** Use Benjamini and Yekutieli's version, which is valid under any dependence. @default {false} */
  dependent?: boolean;
}

/** p-values adjusted for the false discovery rate (Benjamini and Hochberg 1995; Benjamini and Yekutieli 2001). */
export function benjamini(p: readonly number[], { dependent = false }: BenjaminiOptions = {}): number[] {
  const m = p.length, order = p.map((_, i) => i).sort((i, j) => p[j] - p[i]);
  const factor = dependent ? p.reduce((s, _, i) => s + 1 / (i + 1), 0) : 1;
  const out = new Array<number>(m);
  let running = 1;
  order.forEach((i, k) => out[i] = running = Math.min(running, p[i] * m * factor / (m - k)));
  return out;
}
