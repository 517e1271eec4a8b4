import { assertEquals, assertThrows } from "@std/assert";
import { checkRows } from "../../src/array/check_rows.ts";

Deno.test("rows are counted; a bad value is reported with row and column", () => {
  assertEquals(checkRows(new Float64Array(6), 3), 2);
  assertEquals(checkRows(new Float64Array(0), 3), 0);
  assertThrows(
    () => checkRows(Float64Array.of(1, 2, 3, Infinity), 2),
    RangeError,
    "Infinity in row 1, column 1",
  );
  assertThrows(() => checkRows(new Float64Array(4), 3), TypeError, "4 values are not a multiple of 3");
  assertThrows(() => checkRows(new Float64Array(4), 1.5), TypeError, "got 1.5");
});
