import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { welchT } from "../../../src/stats/tests/welch_t.ts";
import { assertRefusesSamples } from "../refuse_samples.ts";
import { casesWith } from "../two_sample_cases.ts";

Deno.test("Welch's t agrees with R's t.test", () => {
  for (const { kind, a, b, r } of casesWith("r", "t")) {
    const found = welchT(a, b);
    // Values near 1e6 lose digits when they are subtracted.
    assertClose([found.t, found.df, found.p], [r.t, r.df, r.tP], {
      relative: kind === "large" ? 1e-7 : 1e-10,
    });
  }
});

Deno.test("Welch's t: equal constant samples give p = 1, different constant samples are rejected; invalid input is rejected", () => {
  assertEquals(welchT([2, 2], [2, 2, 2]), { t: 0, df: 3, p: 1 });
  assertThrows(() => welchT([2, 2], [3, 3]), RangeError, "zero variance");
  assertRefusesSamples(welchT);
});
