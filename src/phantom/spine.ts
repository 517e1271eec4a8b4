import type { Prng } from "../array/seeded_prng.ts";
import { chain, cut, ellipsoid, smoothUnion, type Solid } from "./solid.ts";
import { type Mesh, meshSolid } from "./mesh.ts";

/** Sacrum and coccyx in pelvic coordinates, mm. */
export function sacrum(prng: Prng): Mesh {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const bend = u(-6, 8), tail = u(-10, 12);
  const parts: Solid[] = [
    ellipsoid([0, u(-99, -95), 28], [u(23, 27), 11, 17]),
    chain([[0, -82, 46 + bend, 15], [0, -62, 58 + bend, 14], [0, -44, 65 + bend, 12], [
      0,
      -26,
      66 + bend,
      9,
    ]]),
    chain([[0, -26, 66 + bend, 8], [u(-3, 3), -8 + tail, 58, 5], [u(-4, 4), 6 + tail, 48, 3.5]]),
    ...[-88, -71, -55, -40].map((y, i) =>
      chain([[0, y - 3, 66 + bend + 3 * i, 4.5], [0, y + 4, 72 + bend + 3 * i, 3.5]])
    ),
  ];
  const wide = u(0.92, 1.1);
  for (const side of [-1, 1]) {
    const x = side * wide;
    parts.push(
      chain([[x * 16, -92, 36, 11], [x * 33, -88, 48, 9.5], [x * 33, -72, 56, 9.5], [x * 23, -52, 66, 9], [
        x * 8,
        -24,
        67,
        7,
      ]]),
    );
    // Ridges between the nerve openings.
    for (const [y, reach] of [[-74, 24], [-57, 20], [-42, 15]]) {
      parts.push(chain([[0, y, 52, 7], [x * reach, y, 60, 5]]));
    }
  }
  let bone = smoothUnion(6, parts);
  const holes: Solid[] = [];
  [-82, -65.5, -50, -36].forEach((y, i) => {
    for (const side of [-1, 1]) {
      const x = side * (20 - 2.2 * i) * wide, r = u(2.6, 3.8) - 0.3 * i;
      holes.push(chain([[x * 1.25, y + u(-1, 1), 5, r + 1], [x * 0.95, y + 1, 58 + bend + 4 * i, r * 0.8]]));
    }
  });
  bone = cut(bone, smoothUnion(1, holes), 2.5);
  return meshSolid(bone, { box: [[-54, -120, 2], [54, 26, 92]], stepMm: 3, cortex: () => 0.6 });
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
