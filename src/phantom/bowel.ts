import type { Prng } from "../array/seeded_prng.ts";
import type { Camera } from "./camera.ts";
import { blur, landscape, maxChord } from "./fields.ts";
import { type Sheet, sheet } from "./path_length.ts";
import type { Patient } from "./patient.ts";

/** Bowel gas and stool, mm of missing or mottled flesh, at `step` times the film's pixel. */
export function bowel(prng: Prng, patient: Patient, camera: Camera, step: number): Sheet {
  const w = Math.ceil(camera.widthPx / step), h = Math.ceil(camera.heightPx / step), out = sheet(w, h);
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const { gas, stool } = patient.occluders, k = camera.scale / step, flip = camera.flip ? -1 : 1;
  const [ox, oy] = camera.project(0, 0, 0);
  const at = (x: number, y: number, r: number) => [(ox / step) + flip * x * k, oy / step + y * k, r * k];
  const loops = Math.round(gas * u(2, 14));
  for (let n = 0; n < loops; n++) {
    let x = u(-130, 130), y = Math.abs(x) > 60 ? u(-230, -70) : u(-230, 5), heading = u(0, 6.283);
    const wide = u(4, 17),
      links = 1 + Math.floor(u(0, 13) * (prng() < 0.5 ? 1 : 0.3)),
      pinch = u(0, 0.35),
      beat = u(0.8, 1.8);
    let before = wide;
    for (let i = 0; i < links; i++) {
      const r = wide * (1 - pinch * Math.abs(Math.sin(i * beat))) * u(0.8, 1.1), reach = wide * u(0.4, 0.75);
      const nx = x + Math.cos(heading) * reach, ny = y + Math.sin(heading) * reach;
      maxChord(out, at(x, y, before), at(nx, ny, r));
      x = nx, y = ny, before = r, heading += u(-0.55, 0.55);
    }
  }
  const squash = u(0.25, 1) / k;
  for (let i = 0; i < out.values.length; i++) out.values[i] *= -squash;
  blur(out, Math.max(0.6, u(0.8, 2.5) * k));
  if (stool > 0) {
    const size = { widthPx: w, heightPx: h };
    const fine = landscape(prng, size, Math.max(2, u(4, 9) * k)),
      coarse = landscape(prng, size, Math.max(3, u(30, 60) * k));
    const sx = u(-60, 60), sy = u(-140, -60), rx = u(50, 150), ry = u(50, 120), strong = stool * u(4, 14);
    for (let j = 0, i = 0; j < h; j++) {
      for (let x = 0; x < w; x++, i++) {
        const px = (flip * (x - ox / step) / k - sx) / rx,
          py = ((j - oy / step) / k - sy) / ry,
          q = 1 - px * px - py * py;
        if (q > 0 && coarse.values[i] > -0.2) {
          out.values[i] -= strong * q * Math.max(0, fine.values[i]) ** 1.3 *
            Math.min(1, coarse.values[i] + 0.2);
        }
      }
    }
  }
  return out;
}
