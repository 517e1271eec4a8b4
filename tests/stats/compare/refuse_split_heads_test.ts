import { assertEquals, assertThrows } from "@std/assert";
import { readComparison } from "../../../src/stats/compare/read_comparison.ts";

Deno.test("readComparison: a head with two patients is found by its film and side or by a column `head`; a column `head` with few distinct values, such as left and right, is ignored", () => {
  const table = { v: [1, 2, 3, 4], g: ["a", "a", "b", "b"], p: ["x", "y", "z", "z"] };
  const names = { value: "v", group: "g", cluster: "p" };
  const film = { radiograph: ["f1", "f1", "f2", "f2"], side: ["left", "left", "left", "right"] };
  assertThrows(
    () => readComparison({ ...table, ...film }, names),
    RangeError,
    'row 2 (head "f1 left") to "y" and row 1 to "x"',
  );
  assertThrows(
    () => readComparison({ ...table, ...film }, { ...names, firstRow: 2 }),
    RangeError,
    'row 3 (head "f1 left") to "y" and row 2 to "x"',
  );
  assertThrows(
    () => readComparison({ ...table, head: ["1", "2", "3", "1"] }, names),
    RangeError,
    '"p" assigns a head to two clusters',
  );
  assertEquals(readComparison({ ...table, head: ["left", "left", "left", "right"] }, names).clusters, 3);
});
