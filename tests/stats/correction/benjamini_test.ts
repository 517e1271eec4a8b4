import { assertClose } from "@std/assert";
import { benjamini } from "../../../src/stats/correction/benjamini.ts";

Deno.test("Benjamini-Hochberg by hand, and the harmonic factor of Benjamini-Yekutieli", () => {
  assertClose(benjamini([0.01, 0.04, 0.03]), [0.03, 0.04, 0.04]);
  const factor = 1 + 1 / 2 + 1 / 3;
  assertClose(benjamini([0.01, 0.04, 0.03], { dependent: true }), [
    0.03 * factor,
    0.04 * factor,
    0.04 * factor,
  ]);
});

Deno.test("Benjamini-Yekutieli: no adjusted p is above 1", () => {
  assertClose(benjamini([0.9, 0.8, 1e-3], { dependent: true }), [1, 1, 3e-3 * (1 + 1 / 2 + 1 / 3)]);
});
