import { assert, assertEquals, assertThrows } from "@std/assert";
import { fitDomain, outOfDomain } from "../../src/normative/out_of_domain.ts";
import { normals } from "./normals.ts";

Deno.test("a film like the cohort's is in its domain; a blank, a wild and a broken one are not", () => {
  const residual = normals(112).map((v) => Math.exp(0.1 * v)), meanLogVariance = normals(112, -3, 0.2);
  const domain = JSON.parse(JSON.stringify(fitDomain({ residual, meanLogVariance })));
  assertEquals(outOfDomain({ residual: 1.2, meanLogVariance: -3.1 }, domain).outOfDomain, false);
  for (const odd of [1e-3, 9, 0, NaN]) {
    const verdict = outOfDomain({ residual: odd, meanLogVariance: -3 }, domain);
    assertEquals([verdict.outOfDomain, verdict.reasons[0].measure], [true, "residual"]);
    assert(Number.isFinite(verdict.reasons[0].z));
  }
  assertThrows(() => outOfDomain({ residual: 1 }, domain), TypeError, '"meanLogVariance"');
  assertThrows(() => fitDomain({}), RangeError, "no measures");
  assertThrows(() => fitDomain({ residual: [1, 1, 1] }), RangeError, "does not vary");
});
