import type { Prng } from "../../array/seeded_prng.ts";
import { rotate } from "./camera.ts";
import { muscleModel } from "./muscle_model.ts";
import { addPathLength, discard, type Sheet, sheet } from "../sheet/path_length.ts";
import type { Patient } from "../patient/patient.ts";
import { femurTurn, headCenter } from "./place_bones.ts";
import type { FleshGrid } from "./flesh_grid.ts";
import { wobble } from "./wobble.ts";

/** Smooth step from 0 (t <= 0) to 1 (t >= 1). */
const ramp = (t: number) => t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);

/**
 * Millimetres of muscle along each ray, on a sheet `step` times coarser than the film. The muscle model of the
 * patient's sex is scaled to the patient, and its thighs are rotated like the femora.
 */
export function muscles(prng: Prng, patient: Patient, { camera, step, toX }: FleshGrid): Sheet {
  const widthPx = Math.ceil(camera.widthPx / step), heightPx = Math.ceil(camera.heightPx / step);
  const [out, other] = [sheet(widthPx, heightPx), sheet(widthPx, heightPx)],
    body = muscleModel()[patient.sex],
    p = new Float64Array(3);
  const stretch = [0.94 + 0.12 * prng(), 0.96 + 0.08 * prng(), 0.94 + 0.12 * prng()];
  const flip = toX(1) < toX(0) ? -1 : 1;
  for (const hip of patient.hips) {
    const side = hip.side === "left" ? 1 : -1, bend = wobble(prng.fork(hip.side), 4);
    const size = 0.4 + 0.6 * hip.headRadiusMm / body.headRadiusMm, [cx, cy, cz] = headCenter(patient, hip);
    const turn = femurTurn({ ...hip, abductionDeg: hip.abductionDeg - body.shaftDeg });
    for (const { positions, triangles } of body.muscles) {
      const points = new Float32Array(positions.length);
      for (let i = 0; i < positions.length; i += 3) {
        bend(positions[i], positions[i + 1], positions[i + 2], p);
        const x = size * stretch[0] * positions[i] + p[0], y = size * stretch[1] * positions[i + 1] + p[1];
        const z = size * stretch[2] * positions[i + 2] + p[2];
        const [u, v, w] = rotate(turn, x, y, z), far = ramp((y + 0.6 * x + 10) / 80);
        camera.projectTo(
          cx + side * (x + far * (u - x)),
          cy + y + far * (v - y),
          cz + z + far * (w - z),
          points,
          i,
        );
        points[i] = (points[i] + 0.5) / step - 0.5;
        points[i + 1] = (points[i + 1] + 0.5) / step - 0.5;
      }
      addPathLength(side > 0 ? out : other, points, triangles, side * flip);
    }
  }
  // Thighs that touch flatten each other and do not overlap, so take the larger thickness instead of the sum.
  for (let i = 0; i < out.values.length; i++) out.values[i] = Math.max(0, out.values[i], other.values[i]);
  discard(other);
  return out;
}
