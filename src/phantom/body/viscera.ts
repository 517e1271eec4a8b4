import type { Prng } from "../../array/seeded_prng.ts";
import { type Sheet, sheet } from "../sheet/path_length.ts";
import type { Patient } from "../patient/patient.ts";
import type { FleshGrid } from "./flesh_grid.ts";

/** Square root, 0 for negative numbers. */
const root = (t: number) => t > 0 ? Math.sqrt(t) : 0;
/** Smooth step from 0 (t <= 0) to 1 (t >= 1). */
const ramp = (t: number) => t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);

/** Depth of the trunk in mm: from the abdominal skin to the table. */
export function trunkDepthMm({ depthMm }: Patient): number {
  return 45 + depthMm;
}

/**
 * Millimetres of abdominal contents along each ray: wide above the iliac wings, narrow in the true pelvis, with the
 * bladder at the bottom.
 */
export function viscera(
  prng: Prng,
  patient: Patient,
  { body, grid: { toX, toY } }: { body: Sheet; grid: FleshGrid },
): Sheet {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const out = sheet(body.widthPx, body.heightPx), s = patient.pelvisScale;
  const wall = u(8, 30),
    wide = Math.max(105, patient.girthMm - wall - 12),
    deep = trunkDepthMm(patient) - wall;
  const inlet = u(52, 66) * s, floor = u(35, 55) * s, lean = u(-8, 8);
  const fill = patient.occluders.bladder, bx = u(-8, 8), by = u(-2, 18) * s, br = [u(26, 48), u(18, 40)];
  for (let j = 0, i = 0; j < out.heightPx; j++) {
    const y = toY(j), high = ramp((-40 - y) / 90), low = ramp((floor - y) / 45);
    const half = inlet + (wide - inlet) * high, depth = (85 * s + (deep - 85 * s) * high) * low;
    for (let k = 0; k < out.widthPx; k++, i++) {
      const x = toX(k) - lean, across = Math.abs(x) / half;
      out.values[i] = across < 1 ? depth * root(1 - across ** 2.4) : 0;
      if (fill > 0) { // a filled bladder replaces fat
        const q = root(1 - ((x - bx) / br[0]) ** 2 - ((y - by) / br[1]) ** 2);
        if (q > 0) out.values[i] += 90 * fill * q;
      }
    }
  }
  return out;
}
