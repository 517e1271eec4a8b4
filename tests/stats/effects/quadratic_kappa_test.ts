import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { quadraticKappa } from "../../../src/stats/effects/quadratic_kappa.ts";
import { readFixture } from "../read_fixture.ts";

Deno.test("quadratic kappa agrees with scikit-learn", () => {
  const cases = readFixture("kappa_sklearn.json");
  assert(cases.length >= 100);
  for (const { counts, kappa } of cases) {
    assertClose(quadraticKappa(counts)!, kappa, { relative: 1e-10, absolute: 1e-14 });
  }
});

Deno.test("quadratic kappa is null if only one category occurs, and 1 for full agreement; invalid input is rejected", () => {
  assertEquals(quadraticKappa([[5, 0], [0, 0]]), null);
  assertEquals(quadraticKappa([[5, 0], [0, 2]]), 1);
  assertThrows(() => quadraticKappa([[0, 0], [0, 0]]), RangeError, "empty");
  assertThrows(() => quadraticKappa([[1, 0], [0]]), TypeError, "2 x 2");
  assertThrows(() => quadraticKappa([[1, NaN], [0, 1]]), RangeError, "NaN");
});
