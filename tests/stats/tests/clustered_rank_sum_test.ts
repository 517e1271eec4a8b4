import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { midranks } from "../../../src/array/midranks.ts";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { clusteredRankSum } from "../../../src/stats/tests/clustered_rank_sum.ts";
import { mannWhitney } from "../../../src/stats/tests/mann_whitney.ts";
import { clusteredCases, splitCase } from "../clustered_cases.ts";

Deno.test("clusteredRankSum agrees with the formula of Datta and Satten's paper, computed in R", () => {
  for (const one of clusteredCases) {
    const { a, b, labels } = splitCase(one),
      { s, variance, z, p } = clusteredRankSum(a, b, labels),
      want = one.r.ds;
    assertClose([s, variance, z, p], [want.s, want.variance, want.z, want.p], {
      relative: 1e-10,
      absolute: 1e-12,
    });
  }
});

Deno.test("clusteredRankSum: s is the mean rank sum over every draw of one head per cluster, divided by clusters + 1", () => {
  const checked = clusteredCases.filter((one) => {
    const members = new Map<number, number[]>();
    one.c.forEach((c, i) => members.set(c, [...members.get(c) ?? [], i]));
    const draws = [...members.values()].reduce((n, m) => n * m.length, 1);
    if (draws > 3000) return false;
    let sum = 0;
    for (let k = 0; k < draws; k++) {
      let rest = k;
      const drawn = [...members.values()].map((m) => {
        const pick = m[rest % m.length];
        rest = Math.floor(rest / m.length);
        return pick;
      });
      const ranks = midranks(drawn.map((i) => one.x[i])).ranks;
      drawn.forEach((i, at) => sum += one.g[i] * ranks[at]);
    }
    const { a, b, labels } = splitCase(one);
    assertClose(clusteredRankSum(a, b, labels).s, sum / draws / (members.size + 1), { relative: 1e-12 });
    return true;
  });
  assert(checked.length >= 20, `${checked.length} small cases`);
});

Deno.test("clusteredRankSum: z does not depend on the order of rows, names of clusters or scale of values; swapped groups change the sign of z", () => {
  const prng = seededPrng(5);
  for (const one of clusteredCases.slice(0, 40)) {
    const { a, b, labels } = splitCase(one), found = clusteredRankSum(a, b, labels);
    const order = one.x.map((_, i) => ({ i, key: prng() })).sort((p, q) => p.key - q.key).map((v) => v.i);
    const shuffled = splitCase({
      x: order.map((i) => one.x[i] * 8 + 16),
      g: order.map((i) => one.g[i]),
      c: order.map((i) => 1000 - one.c[i]),
    });
    const again = clusteredRankSum(shuffled.a, shuffled.b, shuffled.labels);
    assertClose(again.z, found.z, { relative: 1e-9, absolute: 1e-9 });
    const swapped = clusteredRankSum(b, a, { clusterA: labels.clusterB, clusterB: labels.clusterA });
    assertClose(swapped.z, -found.z, { relative: 1e-9, absolute: 1e-9 });
  }
});

Deno.test("under the null hypothesis with correlated hips, p is below 0.05 in 2 to 8.5 % of samples with clusteredRankSum, in over 10 % with the Mann-Whitney test", () => {
  // The long version is bench/statistics/statistics.ts. 400 runs: standard error of a 5 % share is 1.1 %.
  const prng = seededPrng(11), runs = 400;
  let clustered = 0, naive = 0;
  for (let run = 0; run < runs; run++) {
    const sides: { x: number[]; c: number[] }[] = [{ x: [], c: [] }, { x: [], c: [] }];
    for (let patient = 0; patient < 60; patient++) {
      const common = prng.normal() * Math.sqrt(0.8), group = patient % 2;
      for (let hip = 0; hip < 2; hip++) {
        sides[group].x.push(common + prng.normal() * Math.sqrt(0.2));
        sides[group].c.push(patient);
      }
    }
    const [a, b] = sides;
    if (clusteredRankSum(a.x, b.x, { clusterA: a.c, clusterB: b.c }).p < 0.05) clustered++;
    if (mannWhitney(a.x, b.x, { method: "asymptotic" }).p < 0.05) naive++;
  }
  assert(clustered / runs > 0.02 && clustered / runs < 0.085, `clustered ${clustered / runs}`);
  assert(naive / runs > 0.1, `naive ${naive / runs}`);
});

Deno.test("clusteredRankSum: all values equal give p = 1; invalid input is rejected", () => {
  const flat = clusteredRankSum([1, 1], [1, 1, 1], { clusterA: [0, 1], clusterB: [1, 2, 3] });
  assertEquals([flat.z, flat.p], [0, 1]);
  const run = (a: number[], b: number[], clusterA: number[], clusterB: number[]) => () =>
    clusteredRankSum(a, b, { clusterA, clusterB });
  assertThrows(run([1, 2], [3], [0, 0], [0]), RangeError, "at least 2 clusters");
  assertThrows(run([1, 2], [3], [0], [0]), TypeError, "must have a label");
  assertThrows(run([], [3], [], [0]), RangeError, "first sample");
  assertThrows(run([1], [NaN], [0], [1]), RangeError, "NaN at index 0");
});

Deno.test("clusteredRankSum: two clusters are enough, one cluster is rejected", () => {
  const two = clusteredRankSum([1, 2], [3, 5], { clusterA: ["p", "q"], clusterB: ["p", "q"] });
  assert(two.p > 0 && two.p <= 1);
  assertThrows(
    () => clusteredRankSum([1, 2], [3, 5], { clusterA: ["p", "p"], clusterB: ["p", "p"] }),
    RangeError,
    "got 1",
  );
});
