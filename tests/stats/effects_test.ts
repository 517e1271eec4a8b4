import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { aucDifference } from "../../src/stats/auc_difference.ts";
import { aucEquivalence } from "../../src/stats/auc_equivalence.ts";
import { clusterBootstrap } from "../../src/stats/cluster_bootstrap.ts";
import { detectableAuc } from "../../src/stats/detectable_auc.ts";
import { formatP, type PStyle } from "../../src/stats/format_p.ts";
import { mannWhitney } from "../../src/stats/mann_whitney.ts";
import { weightedRanks } from "../../src/stats/weighted_ranks.ts";
import { ascendingOrder, midranks } from "../../src/array/midranks.ts";
import { normalQuantile } from "../../src/stats/normal_quantile.ts";

Deno.test("a test at the detectable AUC finds it about four times in five", () => {
  const prng = seededPrng(6), nA = 60, nB = 30, area = detectableAuc(nA, nB)!;
  const shift = Math.SQRT2 * normalQuantile(area), runs = 600;
  let found = 0;
  for (let i = 0; i < runs; i++) {
    const a = Array.from({ length: nA }, () => prng.normal()),
      b = Array.from({ length: nB }, () => prng.normal() + shift);
    if (mannWhitney(a, b, { method: "asymptotic", continuity: false }).p < 0.05) found++;
  }
  assertClose(found / runs, 0.8, { absolute: 0.06 });
});

Deno.test("more heads detect less, clustering costs, two heads a side detect nothing", () => {
  assert(detectableAuc(100, 100)! < detectableAuc(50, 50)!);
  assert(detectableAuc(50, 50, { designEffect: 1.5 })! > detectableAuc(50, 50)!);
  assertEquals(detectableAuc(2, 2), null);
  assertThrows(() => detectableAuc(0, 5), RangeError, "sizes from 1");
});

Deno.test("equivalence is shown where the 90 % interval lies within the bound, at p = 5 % on its edge", () => {
  const edge = aucEquivalence(0.53, { variance: 0.0004 });
  assertClose(edge.smallestBound, 0.03 + 1.6448536269514722 * 0.02, { relative: 1e-10 });
  assertClose(aucEquivalence(0.53, { variance: 0.0004, bound: edge.smallestBound }).p, 0.05, {
    relative: 1e-9,
  });
  assertEquals(aucEquivalence(0.47, { variance: 0.0004 }).p, edge.p);
  assertEquals(aucEquivalence(1, { variance: 0 }), { bound: 0.1, p: 1, smallestBound: 0.5 });
  assertThrows(() => aucEquivalence(0.5, { variance: 0.1, bound: 0 }), RangeError, "(0, 1/2]");
});

Deno.test("the better of two measures shows in the paired difference", () => {
  const prng = seededPrng(9), n = 200, positive = Array.from({ length: n }, (_, i) => i % 2);
  const good = positive.map((v) => prng.normal() + 2 * v),
    poor = positive.map((v) => prng.normal() + 0.3 * v);
  const cluster = positive.map((_, i) => i >> 1);
  const found = aucDifference(good, poor, { positive, cluster, bootstraps: 300 });
  assertClose(found.difference, found.first - found.second);
  assert(found.interval![0] > 0);
  const same = aucDifference(good, good, { positive, cluster, bootstraps: 50 });
  assertEquals([same.difference, same.interval], [0, [0, 0]]);
  assertThrows(
    () => aucDifference(good, poor, { positive: positive.map(() => 1), cluster }),
    RangeError,
    "both groups",
  );
});

Deno.test("the cluster bootstrap of a mean covers it as the cluster means say", () => {
  const prng = seededPrng(4), patients = 80, x: number[] = [], cluster: number[] = [];
  for (let p = 0; p < patients; p++) {
    const common = prng.normal();
    for (let h = 0; h < 2; h++) x.push(common + 0.1 * prng.normal()), cluster.push(p);
  }
  const mean = (w: Float64Array) => {
    let sum = 0, total = 0;
    w.forEach((v, i) => (sum += v * x[i], total += v));
    return total === 0 ? null : sum / total;
  };
  const { interval } = clusterBootstrap(mean, { cluster, bootstraps: 1000 });
  assertClose(interval![1] - interval![0], 2 * 1.96 / Math.sqrt(patients), { relative: 0.3 });
});

Deno.test("weighted ranks are the ranks of the resample itself", () => {
  const values = [3, 1, 3, 2, 9], weight = [2, 1, 0, 3, 1];
  const resample = values.flatMap((v, i) => Array<number>(weight[i]).fill(v));
  const ranks = weightedRanks(values, ascendingOrder(values), weight), want = midranks(resample).ranks;
  let at = 0;
  values.forEach((_, i) => {
    for (let k = 0; k < weight[i]; k++) assertEquals(ranks[i], want[at++]);
  });
});

Deno.test("p is printed as each journal asks", () => {
  const rows: [number, PStyle, string][] = [
    [0.0234, "apa", ".023"],
    [0.0004, "apa", "<.001"],
    [0.9996, "apa", ">.999"],
    [0.0234, "ama", ".02"],
    [0.0023, "ama", ".002"],
    [0.0482, "ama", ".048"],
    [0.2345, "nejm", "0.23"],
    [0.0002, "nejm", "<0.001"],
    [0.0234, "lancet", "0·023"],
    [0.00023, "lancet", "0·00023"],
    [0.00002, "lancet", "<0·0001"],
    [0.02344, "graphpad", "0.0234"],
    [0.00002, "graphpad", "<0.0001"],
    [1.23e-40, "scientific", "1.2 × 10⁻⁴⁰"],
    [1, "scientific", "1.0"],
  ];
  for (const [p, style, want] of rows) assertEquals(formatP(p, { style }), want);
  assertEquals(formatP(0.0234, { symbol: "p" }), "p = .023");
  assertEquals(formatP(1e-9, { style: "lancet", symbol: "p" }), "p < 0·0001");
  assertThrows(() => formatP(NaN), RangeError, "NaN");
  assertThrows(() => formatP(0.5, { style: "bmj" as PStyle }), RangeError, '"bmj"');
});
