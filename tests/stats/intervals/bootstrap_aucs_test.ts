import { assert, assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { auc } from "../../../src/stats/effects/auc.ts";
import { aucScoreInterval } from "../../../src/stats/intervals/auc_score_interval.ts";
import { bcaInterval } from "../../../src/stats/intervals/bca_interval.ts";
import { bootstrapAucs } from "../../../src/stats/intervals/bootstrap_aucs.ts";

const prng = seededPrng(7), n = 90, k = 3;
const group = Int32Array.from({ length: n }, (_, i) => i % k),
  cluster = Int32Array.from(group, (_, i) => i >> 1);
const values = Array.from(group, (g) => Math.round(4 * (prng.normal() + g)) / 4), clusters = 45;

Deno.test("the interval equals one computed directly from the heads of the drawn patients, with the same random numbers", () => {
  const found = bootstrapAucs(values, { group, k, cluster, clusters, bootstraps: 80, seed: 3 })[0][2]!;
  const side = (heads: number[], g: number) => heads.filter((i) => group[i] === g).map((i) => values[i]);
  const of = (heads: number[]) => auc(side(heads, 0), side(heads, 2));
  const all = values.map((_, i) => i), draw = seededPrng(3);
  const jackknife = Float64Array.from(
    { length: clusters },
    (_, c) => of(all.filter((i) => cluster[i] !== c)),
  );
  const replicates = Float64Array.from({ length: 80 }, () => {
    const drawn = Array.from({ length: clusters }, () => draw.integer(clusters));
    return of(drawn.flatMap((c) => all.filter((i) => cluster[i] === c)));
  });
  // Every patient has a head of grade 0 or 2 here, so that each counts in the jackknife.
  assert(
    Array.from({ length: clusters }, (_, c) => all.some((i) => cluster[i] === c && group[i] !== 1)).every(
      Boolean,
    ),
  );
  assertClose(found, bcaInterval(of(all), { replicates, jackknife }), { relative: 1e-12 });
});

Deno.test("groups that do not overlap have an interval of positive width", () => {
  const apart = values.map((v, i) => v + 100 * group[i]);
  const found = bootstrapAucs(apart, { group, k, cluster, clusters, bootstraps: 20 });
  const patients = (g: number) => new Set(cluster.filter((_, i) => group[i] === g)).size;
  assertEquals(found[0][2], aucScoreInterval(1, [patients(0), patients(2)]));
});

Deno.test("the interval is not NaN if one step of the jackknife leaves out all heads of a grade", () => {
  // Above 5000 clusters, clusters 0 and 2000 are left out together; they contain all heads of group 0.
  const many = 5001, inGroup0 = (i: number) => i === 0 || i === 2000;
  const [low, high] = bootstrapAucs(Float64Array.from({ length: many }, (_, i) => (i * 7919) % many), {
    group: Int32Array.from({ length: many }, (_, i) => (inGroup0(i) ? 0 : 1)),
    k: 2,
    cluster: Int32Array.from({ length: many }, (_, i) => i),
    clusters: many,
    bootstraps: 100,
  })[0][1]!;
  assert(low < high);
});

Deno.test("the table of intervals is consistent when groups are swapped; a group in one patient has none", () => {
  const found = bootstrapAucs(values, { group, k, cluster, clusters, bootstraps: 60 });
  assertClose(found[2][1]!, [1 - found[1][2]![1], 1 - found[1][2]![0]]);
  assertEquals(found[1][1], null);
  const single = cluster.map((c, i) => (group[i] === 0 ? 0 : c));
  assertEquals(bootstrapAucs(values, { group, k, cluster: single, clusters, bootstraps: 20 })[0][1], null);
});
