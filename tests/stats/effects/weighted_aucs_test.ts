import { assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { auc } from "../../../src/stats/effects/auc.ts";
import { layOutAucs, weightedAucs } from "../../../src/stats/effects/weighted_aucs.ts";

Deno.test("weightedAucs: every pairwise AUC, with ties and weights, equals the AUC of the values repeated by their weights", () => {
  const prng = seededPrng(2), n = 60, k = 3, clusters = 20;
  for (const levels of [4, 1e9]) {
    const values = Array.from({ length: n }, () => prng.integer(levels));
    const group = Int32Array.from(values, (_, i) => i % k),
      cluster = Int32Array.from(values, (_, i) => i % clusters);
    const weight = Uint16Array.from({ length: clusters }, () => prng.integer(3)),
      out = new Float64Array(k * k);
    weightedAucs(layOutAucs(values, { group, cluster, k, clusters }), weight, out);
    const resample = (g: number) =>
      values.flatMap((v, i) => (group[i] === g ? new Array<number>(weight[cluster[i]]).fill(v) : []));
    for (let g = 0; g < k; g++) {
      for (let h = 0; h < k; h++) {
        if (g !== h) assertClose(out[g * k + h], auc(resample(g), resample(h)), { relative: 1e-12 });
      }
    }
  }
});

Deno.test("weightedAucs: the AUC of a group whose weights are all 0 is NaN", () => {
  const out = new Float64Array(4);
  const layout = layOutAucs([1, 2], {
    group: Int32Array.of(0, 1),
    cluster: Int32Array.of(0, 1),
    k: 2,
    clusters: 2,
  });
  weightedAucs(layout, Uint16Array.of(1, 0), out);
  assertEquals(Number.isNaN(out[1]), true);
});
