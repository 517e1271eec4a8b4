import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { auc } from "../../src/stats/effects/auc.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { curve, rocCurves, rocHeight } from "../../src/figures/roc_curves.ts";
import { figureTheme } from "../../src/figures/figure_theme.ts";
import { draw } from "./draw.ts";
import { parseHTML } from "linkedom";

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

Deno.test("the curve runs from (0, 0) to (1, 1); a group without heads is rejected", () => {
  const points = curve([1, 2], [3]);
  assertEquals([points[0], points.at(-1)], [[0, 0], [1, 1]]);
  assertThrows(() => curve([], [1]), RangeError, "both groups");
});

Deno.test("the legend is below the plot or, in a wide figure, beside it, and within the figure", () => {
  const series = [1, 2, 3, 4].map((grade) => ({ grade, scores: [0, 1], note: "0.43 [0.30, 0.60]" }));
  const theme = figureTheme();
  for (const width of [321, 420, 657]) {
    let x = NaN, y = NaN, height = NaN;
    const text = draw((document) => {
      const svg = rocCurves(series, { healthy: [2, 3], width, theme, document });
      [x, y] = [svg.scale("x")!.apply(1), svg.scale("y")!.apply(0)];
      height = Number(svg.getAttribute("height"));
      return svg;
    });
    assertEquals(height, rocHeight(4, { width, theme }));
    const { document } = parseHTML(text);
    const words = [...document.querySelectorAll("text")].filter((each) =>
      /^(grade|AUC|0\.43)/.test(each.textContent!)
    );
    assertEquals(words.length, 6, `${width}`);
    for (const word of words) {
      const [atX, atY] = word.getAttribute("transform")!.match(/-?[\d.]+/g)!.map(Number);
      assert(width > 600 ? atX > x + 8 : atY > y + 40, `${width}: ${word.outerHTML}`);
      assert(atY < height - 0.5 * theme.fontSizePx && atX < width, `${width}: ${word.outerHTML}`);
    }
  }
});
