import { assertThrows } from "@std/assert";
import { estimateCovariance } from "../../src/normative/estimate_covariance.ts";
import { ledoitWolf } from "../../src/normative/ledoit_wolf.ts";
import { mcd } from "../../src/normative/mcd.ts";
import { oas } from "../../src/normative/oas.ts";

Deno.test("covariance estimators reject invalid input with a reason", () => {
  assertThrows(
    () => estimateCovariance(Float64Array.of(1), 1, { estimator: "sample" }),
    RangeError,
    "at least 2 rows",
  );
  assertThrows(() => ledoitWolf(Float64Array.of(1, 2), 2), RangeError, "at least 2 rows");
  assertThrows(() => mcd(new Float64Array(10), 2), RangeError, "at least 6 rows");
  assertThrows(() => mcd(new Float64Array(40), 2), RangeError, "singular");
  assertThrows(() => oas(Float64Array.of(1, 2, NaN, 4), 2), RangeError, "NaN in row 1, column 0");
  assertThrows(
    () => estimateCovariance(new Float64Array(4), 2, { estimator: "tyler" as "oas" }),
    RangeError,
    '"tyler"',
  );
});
