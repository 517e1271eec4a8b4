import { assertEquals, assertThrows } from "@std/assert";
import { chiSquareTail } from "../../../src/stats/distributions/chi_square_tail.ts";
import { checkTail } from "../check_tail.ts";

checkTail("chi-square", ([x, df], options) => chiSquareTail(x, df, options));

Deno.test("chi-square tail at its ends; zero degrees of freedom are rejected", () => {
  assertEquals([chiSquareTail(0, 3), chiSquareTail(-1, 3), chiSquareTail(Infinity, 3)], [1, 1, 0]);
  assertThrows(() => chiSquareTail(1, 0), RangeError, "df must be above 0");
});
