import { assertThrows } from "@std/assert";
import { checkSample } from "../../../src/stats/samples/check_sample.ts";

Deno.test("checkSample: the error names the statistic, the sample, and the index of an invalid value", () => {
  checkSample("a mean", [1, 2]);
  assertThrows(
    () => checkSample("a mean", []),
    RangeError,
    "Cannot compute a mean: sample needs at least 1 value, got 0",
  );
  assertThrows(
    () => checkSample("a spread", [1], { least: 2, name: "group b" }),
    RangeError,
    "group b needs at least 2 values",
  );
  assertThrows(() => checkSample("a mean", [1, -Infinity]), RangeError, "-Infinity at index 1");
});
