import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { ascendingOrder } from "../../../src/array/midranks.ts";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { auc } from "../../../src/stats/effects/auc.ts";
import { aucDifference, weightedAuc } from "../../../src/stats/intervals/auc_difference.ts";

const prng = seededPrng(9), n = 200, positive = Array.from({ length: n }, (_, i) => i % 2);
const good = positive.map((v) => prng.normal() + 2 * v), poor = positive.map((v) => prng.normal() + 0.3 * v);
const cluster = positive.map((_, i) => i >> 1);

Deno.test("aucDifference: first and second are the AUCs of the two scores, and the interval of a clear difference is above 0", () => {
  const found = aucDifference(good, poor, { positive, cluster, bootstraps: 300 });
  const side = (list: number[], v: number) => list.filter((_, i) => positive[i] === v);
  assertClose([found.first, found.second], [
    auc(side(good, 0), side(good, 1)),
    auc(side(poor, 0), side(poor, 1)),
  ]);
  assertClose(found.difference, found.first - found.second);
  assert(found.interval![0] > 0);
});

Deno.test("aucDifference: between a score and itself, difference and interval are 0", () => {
  const same = aucDifference(good, good, { positive, cluster, bootstraps: 50 });
  assertEquals([same.difference, same.interval], [0, [0, 0]]);
});

Deno.test("weightedAuc: a weight of 2 counts a head twice, ties count half; null if a group has no weight", () => {
  const values = [1, 2, 2, 3], weight = Float64Array.of(2, 1, 3, 0), label = [0, 1, 0, 1];
  assertClose(
    weightedAuc(values, ascendingOrder(values), { positive: label, weight })!,
    auc([1, 1, 2, 2, 2], [2]),
  );
  assertEquals(weightedAuc(values, ascendingOrder(values), { positive: [0, 0, 0, 1], weight }), null);
});

Deno.test("aucDifference: a single group, lengths that differ and NaN are rejected", () => {
  const one = positive.map(() => 1);
  assertThrows(() => aucDifference(good, poor, { positive: one, cluster }), RangeError, "both groups");
  assertThrows(() => aucDifference(good, [1], { positive, cluster }), TypeError, "lengths must be equal");
  assertThrows(() => aucDifference(good.map(() => NaN), poor, { positive, cluster }), RangeError, "NaN");
});
