import { assert, assertClose, assertThrows } from "@std/assert";
import { crossValidateOrdinal } from "../../src/normative/cross_validate_ordinal.ts";
import { fitOrdinal } from "../../src/normative/fit_ordinal.ts";
import { gradeShares } from "../../src/normative/nearest_grades.ts";
import { readFixture } from "../stats/read_fixture.ts";
import { sampleHeads } from "./sample_heads.ts";

Deno.test("fitOrdinal: with a ridge near 0 thresholds and slopes equal those of R's ordinal::clm", () => {
  for (const { p, rows, grades, thresholds, slopes } of readFixture("ordinal_r.json", "normative")) {
    const found = fitOrdinal(Float64Array.from(rows), { p, grades, ridge: 1e-9 });
    assertClose(found.thresholds, thresholds, { relative: 1e-6, absolute: 1e-7 });
    assertClose(found.slopes, slopes, { relative: 1e-6, absolute: 1e-7 });
  }
});

Deno.test("fitOrdinal: balanced weights lower the probability of the most frequent grade", () => {
  const { rows, p, grades } = sampleHeads(60);
  const plain = fitOrdinal(rows, { p, grades }),
    even = fitOrdinal(rows, { p, grades, weighting: "balanced" });
  assert(gradeShares([1, 0, 5], even)[0] < gradeShares([1, 0, 5], plain)[0]);
});

Deno.test("fitOrdinal and crossValidateOrdinal reject data that cannot be fitted, with a reason", () => {
  const rows = Float64Array.of(1, 2, 3, 4);
  assertThrows(() => fitOrdinal(rows, { p: 1, grades: [0, 0, 0, 0] }), RangeError, "at least 2 grades");
  assertThrows(() => fitOrdinal(rows, { p: 1, grades: [0, 1] }), TypeError, "4 heads");
  assertThrows(
    () => fitOrdinal(Float64Array.of(1, 1, 1), { p: 1, grades: [0, 1, 1] }),
    RangeError,
    "feature 0 does not vary",
  );
  assertThrows(() => fitOrdinal(rows, { p: 1, grades: [0, 1, 0, 1], ridge: 0 }), RangeError, "ridge");
  const patient = ["a", "b", "c", "d"];
  assertThrows(
    () => crossValidateOrdinal(rows, { p: 1, grades: [0, 1, 0, 1], patient, folds: 9 }),
    RangeError,
    "4 patients",
  );
  assertThrows(
    () => crossValidateOrdinal(rows, { p: 1, grades: [0, 1, 0, 0], patient, folds: 2 }),
    RangeError,
    "grade 1",
  );
});
