import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { invertTail } from "../../../src/stats/distributions/invert_tail.ts";

Deno.test("invertTail: decreasing functions, steep or flat, are inverted to a relative 1e-14", () => {
  assertClose(invertTail((x) => Math.exp(-x), 1e-30, { low: 0, high: 1000 }), 30 * Math.LN10, {
    relative: 1e-14,
  });
  assertClose(invertTail((x) => 1 - x ** 9, 0.5, { low: 0, high: 1 }), 0.5 ** (1 / 9), { relative: 1e-14 });
  assertEquals(invertTail((x) => 1 - x, 1, { low: 0, high: 1 }), 0);
});

Deno.test("invertTail: a value that the function does not reach is rejected", () => {
  assertThrows(() => invertTail((x) => 1 - x, 2, { low: 0, high: 1 }), RangeError, "reached within");
});
