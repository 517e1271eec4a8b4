import { assertEquals } from "@std/assert";
import { ascendingOrder, midranks } from "../../../src/array/midranks.ts";
import { weightedRanks } from "../../../src/stats/effects/weighted_ranks.ts";

Deno.test("weighted ranks equal the ranks of the values repeated by their weights", () => {
  const values = [3, 1, 3, 2, 9], weight = [2, 1, 0, 3, 1];
  const resample = values.flatMap((v, i) => new Array<number>(weight[i]).fill(v));
  const ranks = weightedRanks(values, ascendingOrder(values), weight), want = midranks(resample).ranks;
  let at = 0;
  values.forEach((_, i) => {
    for (let k = 0; k < weight[i]; k++) assertEquals(ranks[i], want[at++]);
  });
});
