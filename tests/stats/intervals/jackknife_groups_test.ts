import { assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { clusterBootstrap } from "../../../src/stats/intervals/cluster_bootstrap.ts";
import { jackknifeGroups } from "../../../src/stats/intervals/jackknife_groups.ts";

Deno.test("jackknifeGroups: up to 5000 clusters, each cluster is a group; above 5000 there are 2000 groups", () => {
  assertEquals([2, 5000, 5001, 1e6].map(jackknifeGroups), [2, 5000, 2000, 2000]);
});

Deno.test("clusterBootstrap: leaving 6000 clusters out in groups gives the expected interval of the mean of skewed values", () => {
  const n = 6000,
    prng = seededPrng(8),
    values = Float64Array.from({ length: n }, () => -Math.log(1 - prng()));
  let passes = 0;
  const { estimate, interval } = clusterBootstrap((weight) => {
    passes++;
    let sum = 0, count = 0;
    for (let i = 0; i < n; i++) {
      sum += weight[i] * values[i];
      count += weight[i];
    }
    return sum / count;
  }, { cluster: Array.from(values.keys()), bootstraps: 1000 });
  assertEquals(passes, 1 + 2000 + 1000);
  const half = 1.96 / Math.sqrt(n); // the standard deviation of an exponential variable is its mean, 1
  assertClose(interval!, [estimate - half, estimate + half], { absolute: 0.12 * half, relative: 0 });
});
