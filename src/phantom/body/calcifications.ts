import type { Prng } from "../../array/seeded_prng.ts";
import type { Camera } from "./camera.ts";
import type { Sheet } from "../sheet/path_length.ts";
import type { Patient } from "../patient/patient.ts";

/**
 * Adds the attenuation of calcified vessels to `film`: round phleboliths low in the pelvis, interrupted parallel lines
 * along the femoral arteries.
 */
export function calcifications(
  prng: Prng,
  film: Sheet,
  { camera, patient }: { camera: Camera; patient: Patient },
): void {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const { widthPx: w, heightPx: h, values } = film, { phleboliths, arteries } = patient.occluders;
  /** A small calcified sphere, sometimes with a clear centre. */
  const ball = (x: number, y: number, z: number, [mm, dense, hollow]: readonly [number, number, number]) => {
    const [cx, cy] = camera.project(x, y, z), r = Math.max(0.6, mm * camera.scale);
    for (let j = Math.max(0, Math.ceil(cy - r)); j <= Math.min(h - 1, cy + r); j++) {
      for (let i = Math.max(0, Math.ceil(cx - r)); i <= Math.min(w - 1, cx + r); i++) {
        const d = ((i - cx) ** 2 + (j - cy) ** 2) / (r * r);
        if (d < 1) {
          values[j * w + i] += dense * mm * (Math.sqrt(1 - d) - (d < 0.3 ? hollow * Math.sqrt(0.3 - d) : 0));
        }
      }
    }
  };
  for (let k = 0; k < phleboliths; k++) {
    const side = prng() < 0.5 ? -1 : 1;
    ball(side * u(35, 78), u(-15, 42), u(0, 50), [u(0.9, 2.8), u(0.05, 0.12), u(0, 1.2)]);
  }
  if (arteries === 0) return;
  for (const side of [-1, 1]) {
    const wide = u(3, 4.5), bend = u(4, 12), shift = u(-8, 8), broken = u(0.25, 0.8);
    for (let y = -70; y < 190; y += 1.5) {
      const x = 62 + shift + 0.16 * y + bend * Math.sin(y / 38), z = -45 + 0.15 * Math.abs(y);
      for (const rail of [-1, 1]) {
        if (prng() > broken) {
          ball(side * (x + rail * wide), y + u(-0.5, 0.5), z, [u(0.4, 1.2), arteries * u(0.02, 0.09), 0]);
        }
      }
    }
  }
}
