import { assertClose, assertEquals } from "@std/assert";
import { oas } from "../../src/normative/oas.ts";
import { assertSameMatrix, cases } from "./covariance_cases.ts";

Deno.test("OAS agrees with scikit-learn", () => {
  for (const { d, rows, oas: want } of cases) {
    const found = oas(Float64Array.from(rows), d);
    assertClose(found.shrinkage, want.shrinkage, { relative: 1e-9, absolute: 1e-12 });
    assertSameMatrix(found.covariance, want.covariance);
  }
});

Deno.test("OAS: the covariance of a spherical cloud is shrunk completely, the variance of one column not at all", () => {
  const round = oas(Float64Array.of(1, 0, -1, 0, 0, 1, 0, -1), 2);
  assertEquals([round.shrinkage, ...round.covariance], [1, 0.5, 0, 0, 0.5]);
  assertEquals(oas(Float64Array.of(1, 2, 3), 1).shrinkage, 0);
});
