import { assertEquals, assertThrows } from "@std/assert";
import { column, toNumber } from "../../../src/stats/compare/read_column.ts";
import { InputError } from "../../../src/input_error.ts";

Deno.test("column: a column of the requested name is returned; inherited properties and wrong lengths are rejected", () => {
  const table = { v: [1, 2] };
  assertEquals(column(table, "v", 2), [1, 2]);
  assertThrows(() => column(table, "constructor"), InputError, 'no column "constructor"; the table has "v"');
  assertThrows(() => column(table, "v", 3), InputError, '"v" must have 3 rows like the others, got 2');
  assertThrows(() => column({}, "v"), InputError, "the table has none");
});

Deno.test("toNumber reads numbers, bigints and text; an empty cell is NaN, not zero", () => {
  assertEquals([toNumber("12"), toNumber(7n), toNumber(3.5)], [12, 7, 3.5]);
  for (const cell of ["", "  ", null, undefined, "NA", true]) assertEquals(toNumber(cell), NaN);
});
