import type { Prng } from "../array/seeded_prng.ts";
import { ball, chain, smoothUnion, type Solid } from "./solid.ts";
import { type Mesh, meshSolid } from "./mesh.ts";

/** Radius of the template's femoral head, mm. */
export const HEAD_RADIUS = 24;

/** Where the bone is broken through: `none`, below the head, or between the trochanters. */
export type Break = "none" | "neck" | "trochanter";

/** The proximal left femur, head centre at the origin, no version: x lateral, y distal, z posterior; and its two ends if broken. */
export function femur(prng: Prng, { broken = "none" as Break } = {}): Mesh[] {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const angle = u(122, 141) * Math.PI / 180; // neck-shaft angle
  const sin = Math.sin(angle), cos = -Math.cos(angle);
  const neck = u(46, 54), [jx, jy] = [neck * sin, neck * cos];
  const at = (t: number, side = 0): [number, number] => [t * sin + side * cos, t * cos - side * sin];
  const [n0, n1, n2] = [at(12), at(25), at(38)];
  const narrow = u(13.5, 16.5), shaft = u(12.5, 15.5), troch = u(0.85, 1.15);
  const solid = smoothUnion(5, [
    ball(0, 0, 0, HEAD_RADIUS),
    chain([[n0[0], n0[1], 0, 17.5], [n1[0], n1[1], 0, narrow], [n2[0], n2[1], 0, narrow + 3], [
      jx,
      jy + 4,
      1,
      18,
    ]]),
    chain([[jx, jy + 4, 1, 18], [jx + 1, jy + 26, 1, 18], [jx, jy + 55, 0, shaft + 3], [
      jx,
      jy + 95,
      0,
      shaft + 0.5,
    ], [
      jx,
      jy + 230,
      0,
      shaft,
    ], [jx, jy + 420, 0, shaft]]),
    // The greater trochanter: broad, its tip bent inwards and backwards, level with the head's centre or above.
    chain([[jx + 6, jy + 8, 2, 16 * troch], [jx + 12, jy - 4, 6, 14 * troch], [
      jx + 11,
      jy - 16,
      11,
      10.5 * troch,
    ], [
      jx + u(4, 9),
      jy - u(23, 31),
      14,
      7.5 * troch,
    ]]),
    chain([[jx - 6, jy + 30, 9, 10], [jx - 14 * troch, jy + 33, 14, 6.5 * troch]]),
  ]);
  const box: [number[], number[]] = [[-30, -30, -34], [jx + 34, jy + 330, 34]];
  const calcar = u(2.5, 4.5), wall = u(3.5, 7), thinness = u(0.5, 1);
  const cortex = (x: number, y: number, z: number) => {
    const r = Math.hypot(x, y, z);
    if (r < HEAD_RADIUS + 1) return thinness;
    const down = Math.max(0, Math.min(1, (y - jy - 15) / 60));
    const medial = Math.max(0, Math.min(1, (jx - x) / 25)) * Math.max(0, Math.min(1, (r - 26) / 12));
    return 1.3 + (wall - 1.3) * down + (1 - down) * medial * (calcar - 1.3);
  };
  const plane = broken === "neck" ? u(16, 30) : u(50, 60), skew = u(-0.3, 0.3);
  const along: Solid = (x, y, z) =>
    broken === "neck"
      ? x * sin + y * cos - plane + skew * (x * cos - y * sin) + 1.5 * Math.sin(0.5 * z + 0.3 * x)
      : 0.35 * x + 0.93 * y - plane * 0.9 - skew * x + 2 * Math.sin(0.4 * z + 0.3 * x);
  if (broken === "none") return [meshSolid(solid, { box, cortex })];
  const head: Solid = (x, y, z) => Math.max(solid(x, y, z), along(x, y, z));
  const rest: Solid = (x, y, z) => Math.max(solid(x, y, z), 0.8 - along(x, y, z));
  return [meshSolid(head, { box, cortex }), meshSolid(rest, { box, cortex })];
}

/** Head-neck junction details a renderer needs: where neck axis and shaft axis meet in the template. */
export const NECK_LENGTH = 50;
