import type { Prng } from "../array/seeded_prng.ts";
import { chain, cut, ellipsoid, smoothUnion, type Solid } from "./solid.ts";
import { type Mesh, meshSolid } from "./mesh.ts";

/** Sacrum and coccyx in pelvic coordinates, mm. */
export function sacrum(prng: Prng): Mesh {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const bend = u(-6, 8), tail = u(-10, 12);
  const parts: Solid[] = [
    ellipsoid([0, -98, 26], [25, 15, 19]),
    chain([[0, -80, 46 + bend, 17], [0, -62, 58 + bend, 15], [0, -44, 65 + bend, 13], [
      0,
      -26,
      66 + bend,
      10,
    ]]),
    chain([[0, -26, 66 + bend, 8], [u(-3, 3), -8 + tail, 58, 5], [u(-4, 4), 6 + tail, 48, 3.5]]),
    chain([[0, -86, 62, 9], [0, -50, 78 + bend, 5]]), // spinous crest
  ];
  for (const side of [-1, 1]) {
    parts.push(
      chain([[side * 14, -96, 34, 14], [side * 35, -89, 48, 13], [side * 33, -70, 56, 12], [
        side * 20,
        -46,
        66,
        10,
      ], [side * 8, -26, 67, 8]]),
    );
  }
  let bone = smoothUnion(6, parts);
  const holes: Solid[] = [];
  [-82, -65, -49, -35].forEach((y, i) => {
    for (const side of [-1, 1]) {
      const x = side * (19 - 2.2 * i);
      holes.push(chain([[x * 1.1, y, 5, 4.4 - 0.4 * i], [x, y + 2, 62 + bend + 4 * i, 3 - 0.3 * i]]));
    }
  });
  bone = cut(bone, smoothUnion(1, holes), 1.5);
  return meshSolid(bone, { box: [[-54, -120, 2], [54, 26, 92]], stepMm: 3.2, cortex: () => 1 });
}

/** One lumbar vertebra about the centre of its body, mm. */
export function vertebra(prng: Prng): Mesh {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const wide = u(22, 26), waist = u(1.5, 3), tall = u(12, 14);
  const body: Solid = (x, y, z) => {
    const shrink = waist * Math.max(0, 1 - (y / tall) ** 2);
    const k = Math.hypot(x / (wide - shrink), z / (16 - shrink));
    return Math.max((k - 1) * (16 - shrink), Math.abs(y) - tall);
  };
  const parts: Solid[] = [body, chain([[0, -2, 38, 4], [0, 6, 50, 4.5], [0, 12, 58, 5]])];
  for (const s of [-1, 1]) {
    parts.push(chain([[s * 13, -5, 12, 5.5], [s * 15, -4, 28, 5.5], [s * 4, 2, 38, 4]]));
    parts.push(chain([[s * 16, -4, 26, 4.5], [s * u(32, 42), -6 + u(-5, 5), 32, 2.4]]));
    parts.push(chain([[s * 15, -14, 30, 5], [s * 16, 2, 31, 5], [s * 14, 17, 33, 5]]));
  }
  return meshSolid(smoothUnion(4, parts), {
    box: [[-50, -26, -20], [50, 28, 68]],
    cortex: (_x, y) => Math.abs(y) > tall - 1.5 ? 1.2 : 0.9,
  });
}
