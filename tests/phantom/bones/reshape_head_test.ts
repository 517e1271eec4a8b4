import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { HEAD_RADIUS } from "../../../src/phantom/bones/femur_solid.ts";
import { headDirection, headRadii, RINGS, SPOKES } from "../../../src/phantom/bones/head_radii.ts";
import { reshapeHead } from "../../../src/phantom/bones/reshape_head.ts";
import type { Solid } from "../../../src/phantom/bones/solid.ts";

/** A sphere with a cylindrical neck of radius 16 mm, which points laterally and distally. */
const ball: Solid = (x, y, z) => {
  const along = (x + y) * Math.SQRT1_2,
    across = Math.hypot(x - along * Math.SQRT1_2, y - along * Math.SQRT1_2, z);
  return Math.min(Math.hypot(x, y, z) - HEAD_RADIUS, Math.max(across - 16, -along));
};

const SHAPES = Array.from({ length: 12 }, (_, seed) => headRadii(reshapeHead(ball, seededPrng(seed))));

Deno.test("reshapeHead: bumps are at most 1 mm and hollows at most a third of the radius", () => {
  for (const radii of SHAPES) {
    assert(Math.max(...radii) <= HEAD_RADIUS + 1, `${Math.max(...radii)} mm`);
    assert(Math.min(...radii) >= HEAD_RADIUS * 2 / 3, `${Math.min(...radii)} mm`);
  }
});

Deno.test("reshapeHead: the deepest hollow of most heads is on their lower side", () => {
  let lower = 0;
  for (const radii of SHAPES) {
    let deepest = 0;
    radii.forEach((r, k) => r < radii[deepest] && (deepest = k));
    const [x, y] = headDirection(Math.floor(deepest / SPOKES), deepest % SPOKES);
    if (y > 0 && x < 0.5) lower++;
  }
  assert(lower >= 7, `${lower} of ${SHAPES.length}`);
});

Deno.test("reshapeHead: shapes differ by seed and repeat with the same seed", () => {
  assert(SHAPES[0].some((r, k) => Math.abs(r - SHAPES[1][k]) > 0.5));
  assertEquals(headRadii(reshapeHead(ball, seededPrng(0))), SHAPES[0]);
});

Deno.test("reshapeHead: the bone is unchanged beyond 36 mm from the head's centre", () => {
  const shaped = reshapeHead(ball, seededPrng(3));
  for (let ring = 0; ring <= RINGS; ring += 4) {
    for (let spoke = 0; spoke < SPOKES; spoke += 6) {
      const at = headDirection(ring, spoke).map((v) => 36.01 * v) as [number, number, number];
      assertEquals(shaped(...at), ball(...at));
    }
  }
});
