import { assertClose, assertThrows } from "@std/assert";
import { residualScore } from "../../src/normative/residual_score.ts";

Deno.test("a residual score is the root mean square over the head", () => {
  assertClose(residualScore([3, 4, 100], { mask: [1, 1, 0] }), Math.sqrt(12.5));
  assertThrows(() => residualScore([1, 2], { mask: [0, 0] }), RangeError, "no pixel");
  assertThrows(() => residualScore([1, 2], { mask: [1] }), TypeError, "mask of 1");
  assertThrows(() => residualScore([1, NaN]), RangeError, "not finite");
});
