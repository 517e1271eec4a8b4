import { assert, assertEquals, assertThrows } from "@std/assert";
import { binDistances, binEdges, binIndex } from "../../src/figures/bin_distances.ts";

Deno.test("every value is counted in the bar whose edges enclose it, the largest value in the last bar", () => {
  const edges = binEdges([1, 2, 3, 5], { bins: 4 });
  assertEquals([...edges], [1, 2, 3, 4, 5]);
  assertEquals([1, 1.99, 2, 4, 5, 0.9, 5.1, NaN].map((v) => binIndex(edges, v)), [0, 0, 1, 3, 3, -1, -1, -1]);
});

Deno.test("bars of a logarithmic axis have equal widths on the axis", () => {
  const edges = binEdges([1, 100], { bins: 4, log: true });
  const ratios = Array.from({ length: 4 }, (_, k) => edges[k + 1] / edges[k]);
  assert(ratios.every((ratio) => Math.abs(ratio - Math.sqrt(10)) < 1e-12));
});

Deno.test("shares add up to one in each panel, and a subset's panel has only its rows", () => {
  const rows = [0, 0, 0, 1, 1].map((grade, i) => ({
    grade,
    distance: i,
    split: i % 2 ? "train" : "held-out",
  }));
  const panels = [{ label: "", grade: 0, split: "held-out" }, { label: "", grade: 1 }];
  const bars = binDistances(rows, { edges: binEdges([0, 4], { bins: 2 }), panels });
  const sum = (panel: number, key: "share" | "count") =>
    bars.filter((bar) => bar.panel === panel).reduce((total, bar) => total + bar[key], 0);
  assertEquals([sum(0, "share"), sum(1, "share"), sum(0, "count"), sum(1, "count")], [1, 1, 2, 2]);
});

Deno.test("binEdges: an empty list, NaN, and zero on a logarithmic axis are rejected; equal values are accepted", () => {
  assertThrows(() => binEdges([]), RangeError, "got none");
  assertThrows(() => binEdges([1, NaN]), RangeError, "value 1");
  assertThrows(() => binEdges([0, 1], { log: true }), RangeError, "above 0");
  const edges = binEdges([3, 3], { bins: 2 });
  assert(edges[0] <= 3 && edges[2] > 3);
});
