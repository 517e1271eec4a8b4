import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { midranks } from "../../src/array/midranks.ts";

Deno.test("midranks sum to n (n + 1) / 2, and ties share their mean rank", () => {
  assertEquals(Array.from(midranks([10, 20, 20, 5]).ranks), [2, 3.5, 3.5, 1]);
  assertEquals(Array.from(midranks([3, 3, 1]).runs), [1, 2]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (values) => {
      const { ranks, runs, tieSum } = midranks(values), n = values.length;
      assertEquals(ranks.reduce((s, v) => s + v, 0), n * (n + 1) / 2);
      assertEquals(tieSum, runs.reduce((s, t) => s + t ** 3 - t, 0));
      values.forEach((a, i) =>
        values.forEach((b, j) => assert(Math.sign(a - b) === Math.sign(ranks[i] - ranks[j])))
      );
    }),
    { seed: 2 },
  );
  assertThrows(() => midranks([1, NaN]), RangeError, "value 1 is NaN");
});
