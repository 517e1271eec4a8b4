/**
 * Exact two-sided p of the rank sum of the first m of the pooled midranks: the share of all splits whose sum is at
 * least as far from its mean as the observed one. The splits are counted by the shift algorithm (Streitberg and Roehmel
 * 1986) on doubled ranks. Probabilities are stored instead of counts, so that nothing overflows.
 */
export function exactRankSumP(ranks: ArrayLike<number>, m: number): number {
  const total = ranks.length;
  // The smaller group has the same distribution about its mean and needs less computation.
  const k = Math.min(m, total - m), first = m <= total - m ? 0 : m;
  const scores = wholeScores(ranks);
  let observed = 0, sum = 0;
  for (let i = 0; i < total; i++) {
    sum += scores[i];
    if (i >= first && i < first + k) observed += scores[i];
  }
  const chances = sumChances(scores, k);
  const mean = k * sum / total, gap = Math.abs(observed - mean) - 1e-7;
  let p = 0;
  for (let s = 0; s < chances.length; s++) if (Math.abs(s - mean) >= gap) p += chances[s];
  return Math.min(1, p);
}

/** Doubled midranks minus the smallest, halved if all are even: whole numbers from 0. */
function wholeScores(ranks: ArrayLike<number>): Int32Array {
  const doubled = Int32Array.from(ranks, (r) => Math.round(2 * r));
  const least = doubled.reduce((a, b) => Math.min(a, b));
  const shifted = doubled.map((v) => v - least);
  const step = shifted.every((v) => v % 2 === 0) ? 2 : 1;
  return shifted.map((v) => v / step);
}

/** P(sum of k scores drawn without replacement = s), for s = 0, 1, ... */
function sumChances(scores: Int32Array, k: number): Float64Array {
  const width = Int32Array.from(scores).sort().subarray(scores.length - k).reduce((a, b) => a + b, 0) + 1;
  const chances = new Float64Array((k + 1) * width); // [k + 1, width], row c: c scores drawn so far
  chances[0] = 1;
  // Of all subsets of c among the first `seen` scores, the share c / seen contains the last of these scores.
  const ascending = Int32Array.from(scores).sort();
  let reach = 0;
  for (let seen = 1; seen <= ascending.length; seen++) {
    const score = ascending[seen - 1];
    reach = Math.min(width - 1, reach + score);
    for (let c = Math.min(k, seen); c >= 1; c--) {
      const taken = c / seen, kept = 1 - taken, row = c * width, above = row - width;
      for (let s = reach; s >= score; s--) {
        chances[row + s] = chances[row + s] * kept + chances[above + s - score] * taken;
      }
      for (let s = Math.min(score - 1, reach); s >= 0; s--) chances[row + s] *= kept;
    }
  }
  return chances.subarray(k * width);
}
