import type { Prng } from "../../array/seeded_prng.ts";
import type { Camera } from "./camera.ts";
import { landscape } from "../sheet/fields.ts";
import { headCenter } from "./place_bones.ts";
import { discard, type Sheet } from "../sheet/path_length.ts";
import type { Patient } from "../patient/patient.ts";

/**
 * Draws fat between the muscles, which the muscle model lacks: long soft streaks along the thigh, and mottle
 * everywhere.
 *
 * @param out thickness of soft tissue, mm, on a sheet `step` times coarser than the film; changed in place
 * @param options.mm size of a pixel of the sheet, mm
 * @param options.ox column of the pelvic origin on the film, px; `oy` is its row
 * @param options.flip -1 if the film is mirrored, otherwise 1
 */
export function fatPlanes(
  prng: Prng,
  out: Sheet,
  { camera, patient, step, mm, ox, oy, flip }: {
    camera: Camera;
    patient: Patient;
    step: number;
    mm: number;
    ox: number;
    oy: number;
    flip: number;
  },
): void {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const size = { widthPx: out.widthPx, heightPx: out.heightPx };
  const broad = landscape(prng, size, u(28, 60) / mm),
    fine = landscape(prng, size, Math.max(2, u(6, 14) / mm));
  const a = u(0.005, 0.03), b = u(0, 0.012);
  for (let i = 0; i < out.values.length; i++) out.values[i] *= 1 + a * broad.values[i] + b * fine.values[i];
  discard(broad, fine);
  for (const hip of patient.hips) {
    const [cx, cy] = headCenter(patient, hip), side = hip.side === "left" ? 1 : -1;
    for (let n = 0; n < 5; n++) {
      const angle = u(-0.5, 0.35) * side - Math.sin(hip.abductionDeg * Math.PI / 180) * side,
        depth = u(3, 16);
      const x0 = cx + side * u(-20, 55), y0 = cy + u(-60, 90), thin = u(1.2, 5), long = u(40, 110);
      const dx = Math.sin(-angle), dy = Math.cos(angle);
      const kx = (ox + flip * x0 * camera.scale) / step, ky = (oy + y0 * camera.scale) / step;
      const wide = 2.3 * long * Math.abs(dx) + (3 * thin + 60) * Math.abs(dy);
      const tall = 2.3 * long * Math.abs(dy) + (3 * thin + 60) * Math.abs(dx);
      const i0 = Math.max(0, Math.floor(kx - wide / mm)),
        i1 = Math.min(out.widthPx - 1, Math.ceil(kx + wide / mm));
      const j0 = Math.max(0, Math.floor(ky - tall / mm)),
        j1 = Math.min(out.heightPx - 1, Math.ceil(ky + tall / mm));
      for (let j = j0; j <= j1; j++) {
        for (let k = i0; k <= i1; k++) {
          const px = flip * (k - kx) * mm, py = (j - ky) * mm, along = (px * dx + py * dy) / long;
          const across = (px * dy - py * dx + 12 * along * along) / thin;
          const q = across * across + along * along;
          if (q < 5.3) {
            out.values[j * out.widthPx + k] -= depth * Math.exp(-q) *
              Math.min(1, out.values[j * out.widthPx + k] / 80);
          }
        }
      }
    }
  }
}
