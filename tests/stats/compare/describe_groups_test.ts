import { assertClose, assertEquals } from "@std/assert";
import { describeGroups } from "../../../src/stats/compare/describe_groups.ts";
import { readComparison } from "../../../src/stats/compare/read_comparison.ts";
import { splitSamples } from "../../../src/stats/compare/split_samples.ts";

Deno.test("describeGroups: statistics are those of the values before adjustment, except the adjusted median", () => {
  const columns = readComparison({ v: [1, 2, 4, 9, 5, 5], g: ["a", "a", "a", "a", "b", "b"] }, {
    value: "v",
    group: "g",
  });
  const [a, b] = describeGroups(columns, null);
  // R: quantile(c(1, 2, 4, 9)), mean, sd
  assertClose([a.q1, a.median, a.q3, a.mean, a.sd], [1.75, 3, 5.25, 4, 3.5590260840104371]);
  assertEquals([a.n, a.min, a.max, a.adjustedMedian, b.sd], [4, 1, 9, undefined, 0]);
  const shifted = splitSamples(columns, columns.values.map((v) => v + 1));
  assertEquals(describeGroups(columns, shifted)[0].adjustedMedian, 4);
});
