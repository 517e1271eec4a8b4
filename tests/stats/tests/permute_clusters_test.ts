import { assert, assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { permuteClusters } from "../../../src/stats/tests/permute_clusters.ts";

Deno.test("permuteClusters: for four single heads p agrees with p over all permutations", () => {
  // Four single heads, two per group: 6 splits, of which 2 differ as much as {1, 2} and {3, 4}.
  const found = permuteClusters([1, 2, 3, 4], {
    group: Int32Array.of(0, 0, 1, 1),
    k: 2,
    cluster: Int32Array.of(0, 1, 2, 3),
    clusters: 4,
    permutations: 6000,
  });
  assertClose([found.omnibusP, found.trendP], [1 / 3, 1 / 3], { absolute: 0.03 });
});

Deno.test("permuteClusters: under the null hypothesis with correlated hips, between 1 and 10 % of p are at most 0.05", () => {
  const prng = seededPrng(8), runs = 200, heads = 60;
  const group = Int32Array.from({ length: heads }, (_, i) => (i >> 1) % 3),
    cluster = group.map((_, i) => i >> 1);
  let rejected = 0;
  for (let run = 0; run < runs; run++) {
    let common = 0;
    const values = Array.from(
      { length: heads },
      (_, i) => (i % 2 === 0 && (common = 2 * prng.normal()), common + prng.normal()),
    );
    const { omnibusP } = permuteClusters(values, {
      group,
      k: 3,
      cluster,
      clusters: 30,
      permutations: 99,
      seed: run,
    });
    if (omnibusP <= 0.05) rejected++;
  }
  assert(rejected / runs < 0.1 && rejected / runs > 0.01, `${rejected} of ${runs}`);
});

Deno.test("permuteClusters: p of separated groups is 1 / (permutations + 1), not 0; all values equal give p = 1", () => {
  const group = Int32Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1)), cluster = group.map((_, i) => i);
  const apart = permuteClusters(Array.from(group, (g, i) => 100 * g + i), {
    group,
    k: 2,
    cluster,
    clusters: 40,
    permutations: 99,
  });
  assertEquals(apart, { omnibusP: 0.01, trendP: 0.01 });
  const flat = permuteClusters(Array.from(group, () => 3), {
    group,
    k: 2,
    cluster,
    clusters: 40,
    permutations: 99,
  });
  assertEquals(flat, { omnibusP: 1, trendP: 1 });
});

/** All permutations of the labels; permutations that look the same are counted each time. */
function orders(labels: readonly number[]): number[][] {
  if (labels.length < 2) return [[...labels]];
  return labels.flatMap((label, i) => orders(labels.toSpliced(i, 1)).map((rest) => [label, ...rest]));
}

Deno.test("permuteClusters: with groups of unequal sizes p agrees with p over all orders of the labels", () => {
  const values = [1, 3, 2, 5, 4, 6], group = [0, 1, 1, 2, 2, 2], sizes = [1, 2, 3];
  const spread = (labels: readonly number[]) =>
    sizes.reduce((sum, size, g) => {
      const ranks = values.reduce((all, rank, i) => labels[i] === g ? all + rank : all, 0);
      return sum + (ranks - size * 3.5) ** 2 / size;
    }, 0);
  const trend = (labels: readonly number[]) => {
    let above = 0, pairs = 0;
    for (const [i, a] of labels.entries()) {
      for (const [j, b] of labels.entries()) if (a < b) above += values[i] < values[j] ? 1 : 0, pairs++;
    }
    return Math.abs(above - pairs / 2);
  };
  const all = orders(group);
  const p = (of: (labels: readonly number[]) => number) =>
    all.filter((labels) => of(labels) >= of(group) - 1e-9).length / all.length;
  const found = permuteClusters(values, {
    group: Int32Array.from(group),
    k: 3,
    cluster: Int32Array.from(group, (_, i) => i),
    clusters: 6,
    permutations: 9999,
  });
  assertClose([found.omnibusP, found.trendP], [p(spread), p(trend)], { absolute: 0.01 });
});

Deno.test("permuteClusters: labels are also shuffled within a cluster", () => {
  // Both hips of two patients, one in each group: of the four labellings, two differ as much as the observed one.
  const found = permuteClusters([1, 2, 3, 10], {
    group: Int32Array.of(0, 1, 0, 1),
    k: 2,
    cluster: Int32Array.of(0, 0, 1, 1),
    clusters: 2,
    permutations: 4000,
  });
  assertClose([found.omnibusP, found.trendP], [1 / 2, 1 / 2], { absolute: 0.03 });
});
