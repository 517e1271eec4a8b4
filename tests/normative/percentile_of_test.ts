import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { percentileOf } from "../../src/normative/percentile_of.ts";
import { binomialInterval } from "../../src/stats/intervals/binomial_interval.ts";

Deno.test("percentileOf: the percentile is the share below plus half of the ties, with limits from Clopper-Pearson intervals", () => {
  const reference = Float64Array.of(1, 2, 2, 3);
  const found = percentileOf(2, reference);
  assertEquals([found.percentile, found.tailProbability], [50, 4 / 5]);
  assertClose(found.percentileInterval, [100 * binomialInterval(1, 4)[0], 100 * binomialInterval(3, 4)[1]]);
  assertEquals(percentileOf(0, reference).percentileInterval[0], 0);
  assertEquals(percentileOf(9, reference).percentileInterval[1], 100);
  assertThrows(() => percentileOf(NaN, reference), RangeError, "NaN");
  assertThrows(() => percentileOf(1, new Float64Array(0)), RangeError, "empty");
});
