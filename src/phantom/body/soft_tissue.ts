import type { Prng } from "../../array/seeded_prng.ts";
import type { Camera } from "./camera.ts";
import { fatPlanes } from "./fat_planes.ts";
import { blur } from "../sheet/fields.ts";
import type { FleshGrid } from "./flesh_grid.ts";
import { muscles } from "./muscles.ts";
import { placeFemur } from "./place_bones.ts";
import { discard, type Sheet, sheet } from "../sheet/path_length.ts";
import type { Patient } from "../patient/patient.ts";
import { addCreases, addGenitals } from "./skin_shapes.ts";
import { trunkDepthMm, viscera } from "./viscera.ts";

/** Square root, 0 for negative numbers. */
const root = (t: number) => t > 0 ? Math.sqrt(t) : 0;
/** Smooth step from 0 (t <= 0) to 1 (t >= 1). */
const ramp = (t: number) => t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);

/** Attenuation of fat, abdominal contents and muscle, relative to water. */
const FAT = 0.9, VISCERA = 1.01, MUSCLE = 1.06;

/**
 * Water-equivalent thickness of the soft tissue along each ray, mm, on a sheet `step` times coarser than the film:
 * trunk, thighs and folds, filled with muscle, abdominal contents and fat.
 */
export function softTissue(prng: Prng, patient: Patient, camera: Camera, step: number): Sheet {
  const w = Math.ceil(camera.widthPx / step), h = Math.ceil(camera.heightPx / step);
  const out = sheet(w, h);
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const [ox, oy] = camera.project(0, 0, 0), mm = step / camera.scale;
  const flip = camera.flip ? -1 : 1;
  const waist = u(-0.14, 0.12),
    sway = u(3, 10),
    phase = u(0, 6),
    crotch = u(75, 115),
    hipY = u(-30, 20),
    square = u(2.4, 4.2),
    merge = u(110, 200);
  const trunk = patient.girthMm,
    depth = trunkDepthMm(patient);
  // The hip muscles extend about 95 mm lateral to the head's centre, and the skin encloses them.
  const hips = Math.max(u(2, 14), patient.halfSpanMm + 95 - trunk) + u(0, patient.sex === "F" ? 22 : 12);
  const between = u(-42, 10), bulge = u(0.98, 1.12);
  const legs = patient.hips.map((hip) => {
    const place = placeFemur(patient, hip), p = Float64Array.of(42, 60, 0), q = Float64Array.of(40, 300, 0);
    place(p), place(q);
    const side = hip.side === "left" ? 1 : -1, length = Math.hypot(q[0] - p[0], q[1] - p[1]) + 1;
    // At rest the thigh fills the space from the midline to the flank; soft tissue moves with an abducted leg.
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
  for (let j = 0, i = 0; j < h; j++) {
    for (let k = 0; k < w; k++, i++) {
      const x = flip * (k * step + step / 2 - ox) / camera.scale,
        y = (j * step + step / 2 - oy) / camera.scale;
      const half = trunk * (1 + waist * Math.max(0, Math.min(1, -y / 180))) +
        sway * Math.sin(y / 65 + phase) + hips * Math.exp(-(((y - hipY) / 85) ** 2));
      const across = Math.abs(x) / half;
      const above = across < 1 ? ramp((crotch + 0.5 * merge - y + 0.25 * Math.abs(x)) / merge) : 0;
      let t = above > 0 ? depth * root(1 - across ** square) * above : 0;
      for (const leg of legs) {
        const px = x - leg.x, py = y - leg.y, along = px * leg.dx + py * leg.dy;
        const r = leg.thick * (1 - leg.taper * Math.max(-1, along / 100)),
          d = (px * leg.dy - py * leg.dx) / r;
        const below = Math.abs(d) < 1 ? ramp((along + 110) / 120) : 0;
        const q = below > 0 ? leg.depth * r * root(1 - Math.abs(d) ** 2.3) * below : 0;
        if (q > 0) t = t > 0 ? Math.sqrt(Math.sqrt(t ** 4 + q ** 4)) : q; // a smooth maximum
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
      out.values[i] = t > 0 ? t : 0;
    }
  }
  const grid: FleshGrid = {
    camera,
    step,
    mm,
    toX: (k) => flip * (k * step + step / 2 - ox) / camera.scale,
    toY: (j) => (j * step + step / 2 - oy) / camera.scale,
  };
  addCreases(prng.fork("creases"), out, grid);
  if (patient.sex === "M") addGenitals(prng.fork("genitals"), out, grid);
  fatPlanes(prng, out, { camera, patient, step, mm, ox, oy, flip });
  toWaterThickness(prng.fork("muscles"), out, patient, grid);
  blur(out, 0.75); // so that the skin line has no steps after enlargement
  return out;
}

/**
 * Converts body thickness to water-equivalent thickness, in place: muscle and abdominal contents, and fat elsewhere.
 */
function toWaterThickness(prng: Prng, body: Sheet, patient: Patient, grid: FleshGrid): void {
  const flesh = muscles(prng, patient, grid), belly = viscera(prng, patient, { body, grid });
  const lean = (patient.sex === "M" ? 0.6 : 0.68) + 0.35 * prng(), { values } = body;
  const cover = sheet(body.widthPx, body.heightPx), pad = sheet(body.widthPx, body.heightPx);
  for (let i = 0; i < values.length; i++) pad.values[i] = cover.values[i] = flesh.values[i] *= lean;
  blur(cover, (4 + 5 * prng()) / grid.mm);
  blur(pad, (16 + 12 * prng()) / grid.mm);
  const fat = 1.08 + 0.25 * prng();
  for (let i = 0; i < values.length; i++) {
    const muscle = flesh.values[i];
    // Muscle is always covered: where the outline is too narrow for it, skin and fat are added around it.
    const edge = fat * (pad.values[i] - 8), skin = edge <= 0 ? 0 : edge < 40 ? Math.sqrt(40 * edge) : edge;
    const whole = Math.max(values[i], 1.04 * muscle, 1.12 * cover.values[i], skin);
    const inner = Math.min(belly.values[i], Math.max(0, whole - muscle - 15));
    values[i] = FAT * whole + (MUSCLE - FAT) * muscle + (VISCERA - FAT) * inner;
  }
  discard(flesh, belly, cover, pad);
}
