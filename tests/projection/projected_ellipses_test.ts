import { assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { projectedEllipses } from "../../src/projection/projected_ellipses.ts";

const axis = (...weights: number[]) => ({ weights: Float64Array.from(weights), offset: 0 });

Deno.test("projectedEllipses: a unit normal gives circles with the roots of chi-square quantiles as radii", () => {
  const model = { mean: Float64Array.of(3, -1), covariance: Float64Array.of(1, 0, 0, 1) };
  const ellipses = projectedEllipses(model, { axes: [axis(1, 0), axis(0, 1)] });
  assertEquals(ellipses.map(({ percent }) => percent), [50, 90, 95, 99]);
  // R: sqrt(qchisq(c(.5, .9, .95, .99), 2))
  const radii = [1.1774100, 2.1459660, 2.4477468, 3.0348543];
  ellipses.forEach(({ points }, i) => {
    for (const [x, y] of points) assertClose(Math.hypot(x - 3, y + 1), radii[i], { absolute: 1e-6 });
    assertClose(points[0], points.at(-1)!, { absolute: 1e-12 });
  });
});

Deno.test("projectedEllipses: the 90 % ellipse contains 90 % of correlated draws", () => {
  const prng = seededPrng(3), n = 20000;
  const model = {
    mean: Float64Array.of(0, 0, 0),
    covariance: Float64Array.of(1, 0.6, 0, 0.6, 1, 0, 0, 0, 4),
  };
  const axes = [axis(1, 0, 0), axis(0, 1, 0.5)] as const;
  const [{ points }] = projectedEllipses(model, { axes, percents: [90] });
  let inside = 0;
  for (let i = 0; i < n; i++) {
    const u = prng.normal(), v = prng.normal(), w = 2 * prng.normal();
    const x = u, y = 0.6 * u + 0.8 * v + 0.5 * w;
    let isInside = false; // even-odd rule
    for (let k = 0, j = points.length - 1; k < points.length; j = k++) {
      const [xk, yk] = points[k], [xj, yj] = points[j];
      if ((yk > y) !== (yj > y) && x < (xj - xk) * (y - yk) / (yj - yk) + xk) isInside = !isInside;
    }
    if (isInside) inside++;
  }
  assertClose(inside / n, 0.9, { absolute: 0.01 });
});
