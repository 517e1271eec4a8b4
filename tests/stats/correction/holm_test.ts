import { assertClose, assertEquals } from "@std/assert";
import fc from "fast-check";
import { holm } from "../../../src/stats/correction/holm.ts";

Deno.test("Holm by hand: the smallest of three p times 3, the next times 2, the largest times 1, never decreasing", () => {
  assertClose(holm([0.02, 0.01, 0.03]), [0.04, 0.03, 0.04]);
  assertEquals(holm([]), []);
});

Deno.test("Holm: the order of p values does not matter, and no p becomes smaller", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (p) => {
      const adjusted = holm(p);
      assertEquals(holm(p.toReversed()), adjusted.toReversed());
      assertEquals(adjusted.every((v, i) => v >= p[i] && v <= 1), true);
    }),
    { seed: 1 },
  );
});
