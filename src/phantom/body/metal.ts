import type { Prng } from "../../array/seeded_prng.ts";
import type { Camera } from "./camera.ts";
import { maxChords } from "../sheet/fields.ts";
import { foreignBodies } from "./foreign_bodies.ts";
import { implant, type ProjectedHip } from "./implant.ts";
import { discard, type Sheet, sheet } from "../sheet/path_length.ts";
import type { Patient } from "../patient/patient.ts";

/**
 * Adds the attenuation of metal in the patient and of objects on the patient (`foreignBodies`) to `film`. Implants are
 * placed on the hips that they replace or fix.
 */
export function metal(prng: Prng, patient: Patient, camera: Camera, film: Sheet, hips: ProjectedHip[]): void {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const s = camera.scale, w = camera.widthPx, h = camera.heightPx;
  const parts = sheet(w, h);
  let any = false;
  const draw = (nodes: readonly (readonly number[])[]) => (any = true, maxChords(parts, nodes));
  for (const { hip, at } of hips) {
    if (hip.kind === "natural" && hip.hardware === "none") continue;
    implant(u, hip, at, draw);
  }
  const { occluders } = patient;
  if (occluders.rods) {
    const [x, y] = camera.project(0, -130, 40),
      tall = u(150, 260) * s,
      wide = u(15, 24) * s,
      lean = u(-8, 8) * s;
    for (const side of [-1, 1]) {
      draw([[x + side * wide, y + u(0, 25) * s, 2.9 * s], [x + side * wide + lean, y - tall, 2.9 * s]]);
      for (let q = 0; q < 5; q++) {
        const py = y - q * 33 * s;
        draw([[x + side * wide, py, u(4, 7) * s], [
          x + side * (wide - u(2, 14) * s),
          py - u(-3, 3) * s,
          3 * s,
        ]]);
      }
    }
  }
  for (let i = 0; i < occluders.clips; i++) {
    const x = u(0, w), y = u(0, h), a = u(0, 6.28), l = u(1.5, 5) * s;
    draw([[x, y, 0.5 * s], [x + l * Math.cos(a), y + l * Math.sin(a), 0.5 * s]]);
  }
  if (any) {
    const k = u(0.25, 0.6) / s;
    for (let i = 0; i < film.values.length; i++) {
      if (parts.values[i] > 0) film.values[i] += Math.min(6, parts.values[i] * k);
    }
  }
  discard(parts);
  foreignBodies(u, patient, camera, film);
}
