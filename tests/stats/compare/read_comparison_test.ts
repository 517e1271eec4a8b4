import { assertEquals, assertThrows } from "@std/assert";
import { readComparison } from "../../../src/stats/compare/read_comparison.ts";
import { InputError } from "../../../src/input_error.ts";

Deno.test("readComparison: values are read as numbers, groups sorted, clusters numbered, rows named by number and head", () => {
  const table = {
    v: ["1", 2, 3, "4e1"],
    g: [10, "9", 9, " 10"],
    p: ["x", "y", "x", "z"],
    head_id: ["a", "b", "c", "d"],
  };
  const found = readComparison(table, { value: "v", group: "g", cluster: "p" });
  assertEquals(found.values, Float64Array.of(1, 2, 3, 40));
  assertEquals([found.labels, Array.from(found.group)], [["9", "10"], [1, 0, 0, 1]]);
  assertEquals([Array.from(found.cluster), found.clusters], [[0, 1, 0, 2], 3]);
  assertEquals(found.nameRow(2), 'row 3 (head "c")');
});

Deno.test("readComparison: without a cluster column every row is a separate cluster; text groups sort by code unit", () => {
  const found = readComparison({ v: [1, 2, 3, 4], g: ["b", "B", "b", "B"] }, { value: "v", group: "g" });
  assertEquals([found.clusters, found.labels], [4, ["B", "b"]]);
});

Deno.test("readComparison: __proto__ and constructor may be labels; an inherited property is not a column", () => {
  const table = { v: [1, 2, 3, 4], g: ["__proto__", "constructor", "__proto__", "constructor"] };
  assertEquals(readComparison(table, { value: "v", group: "g" }).labels, ["__proto__", "constructor"]);
  assertThrows(
    () => readComparison(table, { value: "constructor", group: "g" }),
    InputError,
    'no column "constructor"; the table has "v", "g"',
  );
});

Deno.test("readComparison: columns of different lengths are rejected", () => {
  assertThrows(
    () => readComparison({ v: [1], g: [1, 2] }, { value: "v", group: "g" }),
    InputError,
    '"v" must have 2 rows like the others, got 1',
  );
});
