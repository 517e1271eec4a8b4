import type { Prng } from "../../array/seeded_prng.ts";
import type { Camera } from "./camera.ts";
import { blur, landscape, maxChord } from "../sheet/fields.ts";
import { discard, type Sheet, sheet } from "../sheet/path_length.ts";
import type { Patient } from "../patient/patient.ts";

/**
 * Thickness in mm, as a negative number, of the soft tissue that bowel gas replaces along each ray. Stool mottles the
 * gas and contains small bubbles. The sheet is `step` times coarser than the film.
 */
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
  haustra(u, out, { gas, at });
  specks(u, out, { gas, stool, at });
  const squash = u(0.4, 1.25) / k;
  for (let i = 0; i < out.values.length; i++) out.values[i] *= -squash;
  blur(out, Math.max(0.5, u(0.3, 1.8) * k));
  if (stool > 0.3) crumble(prng, out, { cellPx: Math.max(2, u(2.5, 6) * k), share: stool * u(0.2, 0.9) });
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

/** Converts a position and a radius in mm to column, row and radius on the sheet. */
type At = (x: number, y: number, r: number) => number[];

/** Gas-filled colon: a row of wide pouches (haustra), separated by folds that reach halfway across. */
function haustra(
  u: (lo: number, hi: number) => number,
  out: Sheet,
  { gas, at }: { gas: number; at: At },
): void {
  for (let n = Math.floor(gas * u(0, 3.2)); n > 0; n--) {
    const side = u(0, 1) < 0.5 ? -1 : 1;
    let x = side * u(55, 125), y = u(-190, -70), heading = side * u(1.1, 2), wide = u(10, 22);
    for (let sac = Math.floor(u(2, 8)); sac > 0; sac--) {
      const nx = x + Math.cos(heading) * wide * 0.9, ny = y + Math.sin(heading) * wide * 0.9;
      maxChord(out, at(x, y, wide), at(nx, ny, wide * u(0.85, 1)));
      const gap = wide * u(1.35, 1.75);
      maxChord(
        out,
        at(nx, ny, wide * u(0.35, 0.7)),
        at(nx + Math.cos(heading) * gap, ny + Math.sin(heading) * gap, wide * 0.5),
      );
      x = nx + Math.cos(heading) * gap,
        y = ny + Math.sin(heading) * gap,
        heading += u(-0.5, 0.5),
        wide *= u(0.85, 1.12);
    }
  }
}

/** Bubbles in the rectum, the sigmoid and both sides of the colon: clusters of small spots. */
function specks(
  u: (lo: number, hi: number) => number,
  out: Sheet,
  { gas, stool, at }: { gas: number; stool: number; at: At },
): void {
  for (let n = Math.round((gas + stool) * u(0.3, 4)); n > 0; n--) {
    const low = u(0, 1) < 0.6, x0 = low ? u(-38, 38) : (u(0, 1) < 0.5 ? -1 : 1) * u(70, 125);
    const y0 = low ? u(-75, 5) : u(-170, -60), sx = u(8, 28), sy = u(8, 24), most = u(3, 10);
    for (let m = Math.floor(u(6, 45)); m > 0; m--) {
      const x = x0 + sx * (u(-1, 1) + u(-1, 1)), y = y0 + sy * (u(-1, 1) + u(-1, 1)), r = most * u(0.25, 1);
      maxChord(out, at(x, y, r), at(x + r * u(-1.2, 1.2), y + r * u(-1.2, 1.2), r * u(0.6, 1)));
    }
  }
}

/** Stool within gas: small lumps that fill parts of it. */
function crumble(prng: Prng, gas: Sheet, { cellPx, share }: { cellPx: number; share: number }): void {
  const fine = landscape(prng, gas, cellPx), broad = landscape(prng, gas, 9 * cellPx), { values } = gas;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < 0 && broad.values[i] > 0) {
      values[i] *= 1 -
        share * Math.min(1, broad.values[i]) * Math.max(0, Math.min(1, 0.6 + 0.7 * fine.values[i]));
    }
  }
  discard(fine, broad);
}
