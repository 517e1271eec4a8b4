import { assert, assertEquals } from "@std/assert";
import { densityGrid, headsAt } from "../../../../dashboards/page/map/density_grid.ts";
import { DENSITY_STEPS, densityStep } from "../../../../dashboards/page/map/draw_density.ts";
import { gradeOrder } from "../../../../dashboards/page/map/grade_order.ts";
import { nearestPoint, nextInDirection } from "../../../../dashboards/page/map/map_gestures.ts";
import { seededPrng } from "../../../../src/array/seeded_prng.ts";

const box = { widthPx: 100, heightPx: 60 };

Deno.test("cells count only the flagged heads inside the box", () => {
  const xs = Float32Array.of(1, 3.9, 4, 99.9, -1, 100, 50);
  const ys = Float32Array.of(1, 3.9, 0, 59.9, 5, 5, 60);
  const grid = densityGrid({ xs, ys }, { flags: null, ...box });
  assertEquals([grid.columns, grid.rows, grid.heads, grid.most], [25, 15, 4, 2]);
  assertEquals([headsAt(grid, 2, 2), headsAt(grid, 5, 1), headsAt(grid, 99, 59), headsAt(grid, 50, 30)], [
    2,
    1,
    1,
    0,
  ]);
  assertEquals([headsAt(grid, -1, 5), headsAt(grid, 100, 5)], [0, 0]);
  const some = densityGrid({ xs, ys }, { flags: Uint8Array.of(1, 0, 0, 1, 1, 1, 1), ...box });
  assertEquals([some.heads, some.most], [2, 1]);
});

Deno.test("the colour scale goes from one head to the cell with the most heads", () => {
  assertEquals(densityStep(1, 500), 0);
  assertEquals(densityStep(500, 500), DENSITY_STEPS - 1);
  const steps = Array.from({ length: 500 }, (_, i) => densityStep(i + 1, 500));
  assert(
    steps.every((step, i) => i === 0 || step >= steps[i - 1]),
    "a cell with more heads must not be lighter",
  );
  assertEquals(densityStep(1, 1), DENSITY_STEPS - 1);
});

Deno.test("heads are ordered by grade, and by index within a grade", () => {
  const grade = Int32Array.of(2, 0, -1, 2, 0, 4);
  assertEquals([...gradeOrder(grade)], [2, 1, 4, 0, 3, 5]);
});

Deno.test("the nearest head equals that of a search through all heads; beyond `withinPx` there is none", () => {
  const prng = seededPrng(4);
  const xs = Float32Array.from({ length: 300 }, () => 100 * prng());
  const ys = Float32Array.from({ length: 300 }, () => 60 * prng());
  const allowed = Uint8Array.from(xs, (_, i) => (i % 3 ? 1 : 0));
  for (let k = 0; k < 50; k++) {
    const [x, y] = [100 * prng(), 60 * prng()];
    const far = (i: number) => Math.hypot(xs[i] - x, ys[i] - y);
    const all = Array.from(xs.keys()).filter((i) => allowed[i]).sort((a, b) => far(a) - far(b));
    const found = nearestPoint([x, y], { xs, ys, allowed, withinPx: 5 });
    assertEquals(found, far(all[0]) < 5 ? all[0] : -1);
  }
});

Deno.test("an arrow key skips heads nearer than leastPx", () => {
  const xs = Float32Array.of(10, 12, 19, 40);
  const ys = new Float32Array(4).fill(5);
  const options = { xs, ys, allowed: new Uint8Array(4).fill(1), key: "ArrowRight" };
  assertEquals([nextInDirection(0, options), nextInDirection(0, { ...options, leastPx: 8 })], [1, 2]);
});
