import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { clusterBootstrap } from "../../../src/stats/intervals/cluster_bootstrap.ts";

const prng = seededPrng(4), patients = 80, x: number[] = [], cluster: number[] = [];
for (let p = 0; p < patients; p++) {
  const common = prng.normal();
  for (let h = 0; h < 2; h++) {
    x.push(common + 0.1 * prng.normal());
    cluster.push(p);
  }
}
function mean(weight: Float64Array): number | null {
  const total = weight.reduce((s, v) => s + v, 0);
  return total === 0 ? null : weight.reduce((s, v, i) => s + v * x[i], 0) / total;
}

Deno.test("clusterBootstrap: the interval of a mean has the width expected from the patients' means, within 30 %", () => {
  const { estimate, interval } = clusterBootstrap(mean, { cluster, bootstraps: 1000 });
  assertClose(estimate, x.reduce((s, v) => s + v, 0) / x.length, { relative: 1e-12 });
  assertClose(interval![1] - interval![0], 2 * 1.96 / Math.sqrt(patients), { relative: 0.3 });
});

Deno.test("clusterBootstrap: resamples for which the statistic is undefined are skipped", () => {
  const first = (weight: Float64Array) => (weight[0] === 0 ? null : 7);
  assertEquals(clusterBootstrap(first, { cluster, bootstraps: 50 }).interval, [7, 7]);
});

Deno.test("clusterBootstrap: with one cluster the interval is null; a statistic that is null for all heads is rejected", () => {
  assertEquals(clusterBootstrap(() => 3, { cluster: ["p", "p"] }), { estimate: 3, interval: null });
  assertThrows(() => clusterBootstrap(() => null, { cluster }), RangeError, "undefined");
});
