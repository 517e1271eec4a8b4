import { assert, assertClose, assertThrows } from "@std/assert";
import { placeOnUmap } from "../../src/projection/place_on_umap.ts";

const ROWS = Float64Array.from([0, 0, 1, 0, 0, 1, 10, 10]); // [4, 2]
const POINTS = Float64Array.from([5, 5, 6, 5, 5, 6, -3, -3]);

Deno.test("placeOnUmap: a row of the map gets its position there, and existing points stay", () => {
  const before = POINTS.slice();
  assertClose(placeOnUmap(ROWS, { rows: ROWS, points: POINTS, d: 2, neighbors: 3 }), POINTS);
  assertClose(POINTS, before);
});

Deno.test("placeOnUmap: neighbours are weighted by one over their distance", () => {
  // Distances 0.25 and 0.75 to (0, 0) and (1, 0): weights 4 and 4/3, so a quarter of the way from 5 to 6.
  const placed = placeOnUmap(Float64Array.of(0.25, 0), { rows: ROWS, points: POINTS, d: 2, neighbors: 2 });
  assertClose(placed, [5.25, 5]);
});

Deno.test("placeOnUmap: more neighbours than rows means all rows; NaN is rejected", () => {
  const placed = placeOnUmap(Float64Array.of(0.5, 0.5), { rows: ROWS, points: POINTS, d: 2, neighbors: 99 });
  assert(placed.every(Number.isFinite));
  assertClose(
    placed,
    placeOnUmap(Float64Array.of(0.5, 0.5), { rows: ROWS, points: POINTS, d: 2, neighbors: 4 }),
  );
  assertThrows(
    () => placeOnUmap(Float64Array.of(NaN, 0), { rows: ROWS, points: POINTS, d: 2 }),
    RangeError,
    "row 0",
  );
});
