import { assertEquals, assertThrows } from "@std/assert";
import { fTail } from "../../../src/stats/distributions/f_tail.ts";
import { checkTail } from "../check_tail.ts";

checkTail("f", ([f, a, b], options) => fTail(f, [a, b], options));

Deno.test("F tail at its ends; zero degrees of freedom are rejected", () => {
  assertEquals([fTail(-1, [2, 3]), fTail(0, [2, 3]), fTail(Infinity, [2, 3])], [1, 1, 0]);
  assertThrows(() => fTail(1, [2, 0]), RangeError, "both df must be above 0");
});
