import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { adjustP } from "../../../src/stats/correction/adjust_p.ts";
import { readFixture } from "../read_fixture.ts";

Deno.test("adjustP: Holm, Benjamini-Hochberg, Benjamini-Yekutieli and Bonferroni agree with R's p.adjust", () => {
  const cases: number[][] = readFixture("p_values.json"), want = readFixture("p_values_r.json");
  assert(cases.length >= 100);
  cases.forEach((p, i) => {
    for (const method of ["holm", "bh", "by", "bonferroni"] as const) {
      assertClose(adjustP(p, { method }), want[i][method], { relative: 1e-10 });
    }
    assertEquals(adjustP(p, { method: "none" }), p);
  });
});

Deno.test("adjustP: invalid p values and methods are rejected", () => {
  assertThrows(() => adjustP([0.1, NaN]), RangeError, "NaN at index 1");
  assertThrows(() => adjustP([1.1]), RangeError, "1.1 at index 0");
  assertThrows(() => adjustP([0.1], { method: "sidak" as "holm" }), RangeError, '"sidak"');
});
