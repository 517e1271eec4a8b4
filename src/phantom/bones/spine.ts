import type { Prng } from "../../array/seeded_prng.ts";
import { chain, smoothUnion, type Solid } from "./solid.ts";
import { type Mesh, meshSolid } from "./mesh.ts";

/**
 * Lower sacrum and coccyx in pelvic coordinates, mm. They are modelled because the CT scans from which the upper sacrum
 * comes end at its third segment.
 */
export function sacralTail(prng: Prng): Mesh {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const tail = u(-8, 10),
    parts: Solid[] = [
      chain([[0, -62, 70, 9], [0, -48, 78, 7.5], [0, -36, 79, 6.5]]),
      chain([[0, -33, 78, 6], [0, -20 + tail, 72, 4.5]]),
      chain([[u(-3, 3), -15 + tail, 69, 4.2], [u(-4, 4), -3 + tail, 60, 3]]),
    ];
  for (const side of [-1, 1]) {
    parts.push(chain([[side * 24, -64, 70, 7], [side * 19, -48, 77, 5.5], [side * 8, -34, 79, 4.5]]));
    parts.push(chain([[0, -52, 76, 5.5], [side * 17, -54, 76, 5]]));
  }
  return meshSolid(smoothUnion(5, parts), {
    box: [[-36, -76, 48], [36, 16, 94]],
    stepMm: 2.8,
    cortex: () => 0.6,
  });
}

/** One lumbar vertebra, centred on its body, mm. */
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
    cortex: (_x, y) => Math.abs(y) > tall - 1.5 ? 0.7 : 0.5,
  });
}
