import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { intraclassCorrelation } from "../../../src/stats/effects/intraclass_correlation.ts";
import { readFixture } from "../read_fixture.ts";

Deno.test("intraclass correlations and intervals agree with psych::ICC", () => {
  const cases = readFixture("agreement_r.json");
  assert(cases.length >= 100);
  for (const { rows, k, ...want } of cases) {
    const found = intraclassCorrelation(Float64Array.from(rows), k),
      near = { relative: 1e-9, absolute: 1e-9 };
    assertClose([found.agreement, found.consistency], [want.agreement, want.consistency], {
      relative: 1e-10,
      absolute: 1e-12,
    });
    assertClose(found.agreementInterval, want.agreementInterval, near);
    assertClose(found.consistencyInterval, want.consistencyInterval, near);
  }
});

Deno.test("intraclass correlations of identical repeats are 1; a shift between repeats lowers the agreement, not the consistency", () => {
  const same = intraclassCorrelation(Float64Array.of(1, 1, 2, 2, 5, 5), 2);
  assertEquals([same.agreement, same.consistency, ...same.agreementInterval], [1, 1, 1, 1]);
  const shifted = intraclassCorrelation(Float64Array.of(1, 3, 2, 4, 5, 7), 2);
  assertEquals(shifted.consistency, 1);
  assert(shifted.agreement < 0.9);
});

Deno.test("intraclassCorrelation rejects data that do not vary, a single subject and NaN", () => {
  assertThrows(() => intraclassCorrelation(Float64Array.of(3, 3, 3, 3), 2), RangeError, "do not vary");
  assertThrows(() => intraclassCorrelation(Float64Array.of(3, 3), 2), RangeError, "at least 2 subjects");
  assertThrows(() => intraclassCorrelation(Float64Array.of(3, NaN, 1, 2), 2), RangeError, "row 0, column 1");
});
