import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { aucEquivalence } from "../../../src/stats/tests/auc_equivalence.ts";

Deno.test("aucEquivalence: smallestBound is the distance from 1/2 to the farther limit of the 90 % interval; with smallestBound as `bound`, p is 5 %", () => {
  const edge = aucEquivalence(0.53, { variance: 0.0004 });
  assertClose(edge.smallestBound, 0.03 + 1.6448536269514722 * 0.02, { relative: 1e-10 });
  assertClose(aucEquivalence(0.53, { variance: 0.0004, bound: edge.smallestBound }).p, 0.05, {
    relative: 1e-9,
  });
});

Deno.test("aucEquivalence: AUCs at equal distance above and below 1/2 have the same p; with zero variance p is 0 or 1", () => {
  assertEquals(aucEquivalence(0.47, { variance: 0.0004 }).p, aucEquivalence(0.53, { variance: 0.0004 }).p);
  assertEquals(aucEquivalence(1, { variance: 0 }), { bound: 0.1, p: 1, smallestBound: 0.5 });
  assertEquals(aucEquivalence(0.5, { variance: 0 }).p, 0);
});

Deno.test("aucEquivalence: bounds, AUCs and variances out of range are rejected", () => {
  assertThrows(() => aucEquivalence(0.5, { variance: 0.1, bound: 0 }), RangeError, "(0, 1/2]");
  assertThrows(() => aucEquivalence(1.5, { variance: 0.1 }), RangeError, "1.5");
  assertThrows(() => aucEquivalence(0.5, { variance: NaN }), RangeError, "NaN");
});

Deno.test("aucEquivalence at its limits: a bound of 1/2, an AUC of 0 or 1, a difference equal to the bound; no bound above 1/2", () => {
  assertThrows(() => aucEquivalence(0.5, { variance: 0.1, bound: 0.51 }), RangeError, "(0, 1/2]");
  assertEquals(aucEquivalence(0, { variance: 0.01, bound: 0.5 }).p, 0.5);
  assertEquals(aucEquivalence(1, { variance: 0.01, bound: 0.5 }).p, 0.5);
  assertEquals(aucEquivalence(0.75, { variance: 0, bound: 0.25 }).p, 1);
  assertEquals(aucEquivalence(0.95, { variance: 0.01 }).smallestBound, 0.5);
});
