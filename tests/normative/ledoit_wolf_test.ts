import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { ledoitWolf } from "../../src/normative/ledoit_wolf.ts";
import { assertSameMatrix, cases } from "./covariance_cases.ts";

Deno.test("Ledoit-Wolf agrees with scikit-learn", () => {
  for (const { d, rows, ledoitWolf: want } of cases) {
    const found = ledoitWolf(Float64Array.from(rows), d);
    assertClose(found.shrinkage, want.shrinkage, { relative: 1e-9, absolute: 1e-12 });
    assertSameMatrix(found.covariance, want.covariance);
  }
});

Deno.test("Ledoit-Wolf: the variance of a single column is not shrunk; a single row is rejected", () => {
  assertEquals(ledoitWolf(Float64Array.of(1, 2, 6), 1).shrinkage, 0);
  assertThrows(() => ledoitWolf(Float64Array.of(1, 2), 2), RangeError, "at least 2 rows");
});
