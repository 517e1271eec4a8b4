import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { aucScoreInterval } from "../../../src/stats/intervals/auc_score_interval.ts";
import { clusteredAuc } from "../../../src/stats/intervals/clustered_auc.ts";
import { delong } from "../../../src/stats/intervals/delong.ts";
import { clusteredCases, splitCase } from "../clustered_cases.ts";

Deno.test("clusteredAuc agrees with the formula of Obuchowski's paper, computed in R", () => {
  let checked = 0;
  for (const one of clusteredCases) {
    const { a, b, labels } = splitCase(one), want = one.r.roc;
    if (a.length < 2 || b.length < 2 || want.variance === undefined) continue;
    const { auc, variance } = clusteredAuc(a, b, labels);
    assertClose([auc, variance], [want.auc, Math.max(0, want.variance)], {
      relative: 1e-10,
      absolute: 1e-15,
    });
    checked++;
  }
  assert(checked >= 100, `${checked} cases`);
});

Deno.test("clusteredAuc: with one head per cluster the variance is DeLong's", () => {
  const a = [1, 2, 4, 4, 7], b = [3, 4, 8, 9];
  const found = clusteredAuc(a, b, { clusterA: [0, 1, 2, 3, 4], clusterB: [5, 6, 7, 8] });
  assertClose(found.variance, delong(a, b).variance, { relative: 1e-12 });
});

Deno.test("clusteredAuc: a group in one cluster, or labels of the wrong length, are rejected", () => {
  const run = (clusterA: number[], clusterB: number[]) => () =>
    clusteredAuc([1, 2], [3, 4], { clusterA, clusterB });
  assertThrows(run([0, 0], [1, 2]), RangeError, "at least 2 clusters, got 1 and 2");
  assertThrows(run([0, 1], [1]), TypeError, "must have a label, got 1");
});

Deno.test("clusteredAuc: groups that do not overlap have the score interval for their numbers of clusters", () => {
  const { interval } = clusteredAuc([1, 2, 3], [4, 5, 6], { clusterA: [0, 0, 1], clusterB: [2, 3, 4] });
  assertEquals(interval, aucScoreInterval(1, [2, 3]));
});
