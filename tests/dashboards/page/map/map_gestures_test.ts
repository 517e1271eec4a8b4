import { assert, assertEquals } from "@std/assert";
import { flagInside, inside, nextInDirection } from "../../../../dashboards/page/map/map_gestures.ts";
import { seededPrng } from "../../../../src/array/seeded_prng.ts";

const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

function cloud(n: number, seed: number) {
  const prng = seededPrng(seed);
  const at = () => Float32Array.from({ length: n }, () => 300 + 90 * prng.normal());
  return { xs: at(), ys: at(), allowed: new Uint8Array(n).fill(1) };
}

Deno.test("the arrow keys lead from every head to every other", () => {
  const points = cloud(400, 3);
  const next = Array.from(
    { length: 400 },
    (_, i) => KEYS.map((key) => nextInDirection(i, { ...points, key })),
  );
  for (const start of [0, 17, 399]) {
    const seen = new Set([start]);
    for (const head of seen) next[head].filter((i) => i >= 0).forEach((i) => seen.add(i));
    assertEquals(seen.size, 400, `from ${start}`);
  }
});

Deno.test("heads at the same position are reached one after the other", () => {
  const xs = new Float32Array([10, 10, 10, 40]);
  const ys = new Float32Array([5, 5, 5, 5]);
  const walk = (from: number, key: string) => {
    const path = [from];
    for (let at = from; at >= 0 && path.length < 9;) {
      at = nextInDirection(at, { xs, ys, allowed: new Uint8Array(4).fill(1), key });
      if (at >= 0) path.push(at);
    }
    return path;
  };
  assertEquals(walk(0, "ArrowRight"), [0, 1, 2, 3]);
  assertEquals(walk(2, "ArrowLeft"), [2, 1, 0]);
});

Deno.test("hidden heads are skipped", () => {
  const xs = new Float32Array([0, 10, 20]);
  const ys = new Float32Array(3);
  const allowed = new Uint8Array([1, 0, 1]);
  assertEquals(nextInDirection(0, { xs, ys, allowed, key: "ArrowRight" }), 2);
  assertEquals(nextInDirection(2, { xs, ys, allowed, key: "ArrowRight" }), -1);
});

Deno.test("a concave lasso selects only heads inside its outline, and no head that the caller excludes", () => {
  const dented = [[0, 0], [100, 0], [100, 100], [50, 20], [0, 100]] as const;
  assert(inside(dented, 20, 40));
  assert(!inside(dented, 50, 80));
  const xs = new Float32Array([20, 50, 200, 90]);
  const ys = new Float32Array([40, 80, 40, 40]);
  assertEquals([...flagInside(dented, { xs, ys, allowed: new Uint8Array([1, 1, 1, 0]) })], [1, 0, 0, 0]);
});

Deno.test("a brush includes its edges", () => {
  const box = [[0, 0], [10, 0], [10, 10], [0, 10]] as const;
  const xs = new Float32Array([0, 10, 10.5, 5]);
  assertEquals([
    ...flagInside(box, { xs, ys: new Float32Array([0, 10, 5, 5]), allowed: new Uint8Array(4).fill(1) }),
  ], [1, 1, 0, 1]);
});

Deno.test("flagInside agrees with inside for random polygons", () => {
  const prng = seededPrng(8);
  const points = cloud(500, 9);
  for (let k = 0; k < 30; k++) {
    const corners = Array.from(
      { length: 3 + prng.integer(40) },
      (): [number, number] => [600 * prng(), k % 2 ? 600 * prng() : 20 * prng.integer(30)],
    );
    const flags = flagInside(corners, points);
    const expected = Array.from(points.xs, (x, i) => (inside(corners, x, points.ys[i]) ? 1 : 0));
    assertEquals([...flags], expected);
  }
});
