import type { Prng } from "../array/seeded_prng.ts";
import type { Camera } from "./camera.ts";
import { blur, landscape } from "./fields.ts";
import { headCenter, placeFemur } from "./place_bones.ts";
import { discard, type Sheet, sheet } from "./path_length.ts";
import type { Patient } from "./patient.ts";

const root = (t: number) => t > 0 ? Math.sqrt(t) : 0;
const ramp = (t: number) => t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);

/** Millimetres of flesh along each ray, at a quarter of the film's size: trunk, thighs, folds, muscle and fat planes. */
export function softTissue(prng: Prng, patient: Patient, camera: Camera, step: number): Sheet {
  const w = Math.ceil(camera.widthPx / step), h = Math.ceil(camera.heightPx / step);
  const out = sheet(w, h);
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const [ox, oy] = camera.project(0, 0, 0), mm = step / camera.scale;
  const flip = camera.flip ? -1 : 1;
  const waist = u(-0.14, 0.12), sway = u(3, 10), phase = u(0, 6), crotch = u(75, 115), square = u(2, 3.2);
  const trunk = patient.girthMm, depth = patient.depthMm * 1.15;
  const between = u(-16, 14), bulge = u(0.98, 1.12);
  const legs = patient.hips.map((hip) => {
    const place = placeFemur(patient, hip), p = Float64Array.of(42, 60, 0), q = Float64Array.of(40, 300, 0);
    place(p), place(q);
    const side = hip.side === "left" ? 1 : -1, length = Math.hypot(q[0] - p[0], q[1] - p[1]) + 1;
    // At rest the thigh fills the space from the midline to the flank; a leg that is spread takes its flesh along.
    const thick = (trunk * bulge - between) / 2,
      rest = side * (between + thick),
      spread = (q[0] - p[0]) / length;
    return {
      side,
      depth: u(1.35, 1.7),
      x: rest + 0.75 * (p[0] - side * (patient.halfSpanMm + 36)),
      y: p[1],
      dx: 0.8 * spread,
      dy: (q[1] - p[1]) / length,
      thick: Math.min(thick, 105),
      taper: u(0.03, 0.12),
    };
  });
  const drawn = Array.from({ length: patient.occluders.folds }, () => ({
    x: u(-160, 160),
    y: u(-150, 130),
    angle: u(-0.5, 0.5) + (prng() < 0.3 ? 1.57 : 0),
    bend: u(-0.004, 0.004),
    step: u(-24, 24),
    soft: 10 ** u(-0.3, 1),
    reach: u(60, 200),
    belly: prng() < 0.35,
  }));
  const folds = drawn.map((f) => ({ ...f, c: Math.cos(f.angle), s: Math.sin(f.angle) }));
  const male = patient.sex === "M" && prng() < 0.75;
  const gx = u(-14, 14), gy = u(70, 110), gr = [u(20, 34), u(28, 48)], gd = u(20, 55);
  for (let j = 0, i = 0; j < h; j++) {
    for (let k = 0; k < w; k++, i++) {
      const x = flip * (k * step + step / 2 - ox) / camera.scale,
        y = (j * step + step / 2 - oy) / camera.scale;
      const half = trunk * (1 + waist * Math.max(0, Math.min(1, -y / 180))) + sway * Math.sin(y / 65 + phase);
      const across = Math.abs(x) / half;
      const above = across < 1 ? ramp((crotch + 40 - y + 0.25 * Math.abs(x)) / 80) : 0;
      let t = above > 0 ? depth * root(1 - across ** square) * above : 0;
      for (const leg of legs) {
        const px = x - leg.x, py = y - leg.y, along = px * leg.dx + py * leg.dy;
        const r = leg.thick * (1 - leg.taper * Math.max(-1, along / 100)),
          d = (px * leg.dy - py * leg.dx) / r;
        const below = Math.abs(d) < 1 ? ramp((along + 110) / 120) : 0;
        const q = below > 0 ? leg.depth * r * root(1 - Math.abs(d) ** 2.3) * below : 0;
        if (q > t) t = q;
      }
      for (const f of folds) {
        if (t <= 0) break;
        const px = x - f.x, py = y - f.y, { c, s } = f, along = px * c + py * s;
        const d = py * c - px * s + f.bend * along * along;
        if (f.belly) {
          const q = 1 - (px / (f.reach * 1.6)) ** 2 - (py / f.reach) ** 2;
          if (q > 0) t += Math.abs(f.step) * 1.6 * Math.sqrt(q);
        } else {t += f.step * (0.5 + 0.5 * Math.tanh(d / f.soft)) *
            Math.exp(-(px * px + py * py) / (f.reach * f.reach)) * Math.min(1, t / 50);}
      }
      if (male) t += gd * root(1 - ((x - gx) / gr[0]) ** 2 - ((y - gy) / gr[1]) ** 2);
      out.values[i] = t > 0 ? t : 0;
    }
  }
  planes(prng, out, { camera, patient, step, mm, ox, oy, flip });
  blur(out, 0.75); // so that the skin line is not a staircase once enlarged
  return out;
}

/** Muscle against fat: long soft streaks along the thigh, and a mottle everywhere. */
function planes(
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
  const a = u(0.02, 0.07), b = u(0, 0.02);
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
