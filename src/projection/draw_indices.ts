import type { Prng } from "../array/seeded_prng.ts";

/** Sorted indices of `count` of `n`, drawn without replacement. */
export function drawIndices(n: number, count: number, prng: Prng): Int32Array {
  const all = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = i + prng.integer(n - i);
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all.slice(0, count).sort();
}
