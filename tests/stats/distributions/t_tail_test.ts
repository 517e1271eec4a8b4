import { assertEquals, assertThrows } from "@std/assert";
import { tTail } from "../../../src/stats/distributions/t_tail.ts";
import { checkTail } from "../check_tail.ts";

checkTail("t", ([t, df], options) => tTail(t, df, options));

Deno.test("t tail at its ends and in its middle; degrees of freedom of zero or below are rejected", () => {
  assertEquals([tTail(-Infinity, 3), tTail(0, 3), tTail(Infinity, 3)], [1, 0.5, 0]);
  for (const df of [0, -1]) assertThrows(() => tTail(1, df), RangeError, "df must be above 0");
});
