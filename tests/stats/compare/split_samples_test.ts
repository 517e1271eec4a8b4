import { assertEquals } from "@std/assert";
import { readComparison } from "../../../src/stats/compare/read_comparison.ts";
import { splitSamples } from "../../../src/stats/compare/split_samples.ts";

Deno.test("splitSamples: each group has its values and clusters, in the order of the groups", () => {
  const columns = readComparison({ v: [1, 2, 3, 4, 5], g: ["b", "a", "b", "a", "a"], p: [7, 7, 8, 8, 8] }, {
    value: "v",
    group: "g",
    cluster: "p",
  });
  const [a, b] = splitSamples(columns, columns.values);
  assertEquals([a.label, Array.from(a.values), a.clusters, a.index], ["a", [2, 4, 5], 2, 0]);
  assertEquals([b.label, Array.from(b.cluster)], ["b", [0, 1]]);
});
