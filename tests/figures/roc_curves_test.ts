import { parseHTML } from "linkedom";
import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { auc } from "../../src/stats/effects/auc.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { curve, rocCurves } from "../../src/figures/roc_curves.ts";

Deno.test("the area under the drawn curve is the AUC, ties included", () => {
  const prng = seededPrng(2);
  const healthy = Array.from({ length: 60 }, () => Math.round(4 * prng.normal()));
  const diseased = Array.from({ length: 25 }, () => Math.round(4 * prng.normal() + 2));
  const points = curve(healthy, diseased);
  const area = points.slice(1).reduce(
    (sum, [x, y], i) => sum + (x - points[i][0]) * (y + points[i][1]) / 2,
    0,
  );
  assertClose(area, auc(healthy, diseased), { relative: 1e-12 });
});

Deno.test("the curve runs from corner to corner; a group without heads is rejected", () => {
  const points = curve([1, 2], [3]);
  assertEquals([points[0], points.at(-1)], [[0, 0], [1, 1]]);
  assertThrows(() => curve([], [1]), RangeError, "both groups");
});

Deno.test("rocCurves: the legend is below the plot if a curve would cross it", () => {
  const { document } = parseHTML("<html></html>");
  const healthy = Array.from({ length: 40 }, (_, i) => i);
  const heightOf = (shift: number) =>
    Number(
      rocCurves([{ grade: 1, scores: healthy.map((v) => v + shift) }], { healthy, width: 320, document })
        .getAttribute("height"),
    );
  assert(heightOf(-15) > heightOf(15) + 20, `${heightOf(-15)} and ${heightOf(15)}`);
});
