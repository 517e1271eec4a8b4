import type { Prng } from "../array/seeded_prng.ts";
import type { Camera } from "./camera.ts";
import { blur, landscape, maxChord, maxChords } from "./fields.ts";
import { discard, type Sheet, sheet } from "./path_length.ts";
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

/** Metal in and on the patient, in attenuation, added to `film`. Implants hang on the hips they replace. */
export function metal(prng: Prng, patient: Patient, camera: Camera, film: Sheet, hang: Hang[]): void {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const s = camera.scale, w = camera.widthPx, h = camera.heightPx;
  const parts = sheet(w, h);
  let any = false;
  const draw = (nodes: readonly (readonly number[])[]) => (any = true, maxChords(parts, nodes));
  for (const { hip, at } of hang) {
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
  foreign(u, patient, camera, film);
}

/** A hip and a way to put a point of its femur (mm) on the film: [x, y, radius px]. */
export interface Hang {
  readonly hip: Patient["hips"][number];
  readonly at: (x: number, y: number, z: number, radiusMm: number) => number[];
}

function implant(
  u: (lo: number, hi: number) => number,
  hip: Hang["hip"],
  at: Hang["at"],
  draw: (nodes: readonly (readonly number[])[]) => void,
): void {
  const r = hip.headRadiusMm;
  if (hip.kind === "total" || hip.kind === "hemi") {
    const ball = hip.kind === "hemi" ? r * u(0.93, 1.02) : u(11, 18), tip = u(110, 190), fat = u(5, 8);
    draw([at(0, 0, 0, ball), at(0.1, 0, 0, ball)]);
    draw([
      at(4, 3, 0, 6),
      at(26, 24, 0, 7),
      at(37, 52, 0, 12),
      at(40, 85, 0, fat + 2),
      at(40, tip, 0, fat * 0.7),
    ]);
    if (hip.kind === "total" && u(0, 1) < 0.85) cup(u, r, at, draw);
  } else if (hip.kind === "resurfacing") {
    draw([at(0, 0, 0, r), at(8, 7, 0, r * 0.9)]);
    draw([at(0, 0, 0, 4), at(40, 34, 0, 2.5)]);
    cup(u, r, at, draw);
  } else if (hip.hardware === "screws") {
    const n = 2 + Math.floor(u(0, 2));
    for (let i = 0; i < n; i++) {
      const o = (i - 1) * u(6, 10), end = u(-12, 4);
      draw([at(end, end * 0.84 + o * 0.6, o, 3.3), at(end + 14, end * 0.84 + 12 + o * 0.7, o, 3.3)]);
      draw([at(end + 14, end * 0.84 + 12 + o * 0.7, o, 2.2), at(58, 46 + o, o, 2.2)]);
    }
  } else if (hip.hardware === "sliding-screw" || hip.hardware === "nail") {
    const end = u(-12, 2);
    draw([at(end, end, 0, 5.5), at(10, 9, 0, 5.5), at(10.1, 9, 0, 4), at(54, 46, 0, 4.5)]);
    if (hip.hardware === "nail") draw([at(44, 4, 2, 8), at(42, 60, 0, 6.5), at(40, u(140, 280), 0, 5.5)]);
    else draw([at(57, 40, 0, 3), at(57, 60, 0, 3), at(56, u(100, 170), 0, 3)]);
    if (u(0, 1) < 0.7) draw([at(56, 110, 0, 2.3), at(24, 112, 0, 2.3)]);
  } else if (hip.hardware === "plate") {
    const lift = u(-4, 10);
    draw([at(-20, -38 - lift, 10, 2), at(2, -34 - lift, 16, 2), at(20, -20 - lift, 20, 2)]);
    for (let i = 0; i < 5; i++) {
      draw([
        at(-18 + 9 * i, -38 - lift + 3 * i, 12, 1.6),
        at(-26 + 9 * i + u(-6, 6), -58 + u(-6, 18), 5, 1.6),
      ]);
    }
  }
}

function cup(
  u: (lo: number, hi: number) => number,
  r: number,
  at: Hang["at"],
  draw: (nodes: readonly (readonly number[])[]) => void,
): void {
  const big = r + u(0, 4), thick = u(1.3, 3), from = -2.6 + u(-0.3, 0.3), to = 0.6 + u(-0.3, 0.3) - 0.2;
  const nodes = Array.from({ length: 15 }, (_, i) => {
    const a = -(from + (to - from) * i / 14) - 1.5;
    return at(big * Math.sin(a), -big * Math.cos(a), 0, thick);
  });
  draw(nodes);
  if (u(0, 1) < 0.6) draw([at(-8, -big, 0, 2.2), at(-14 + u(-4, 4), -big - u(14, 34), 4, 2.2)]);
}

/** Balls, buttons, wires, shields: things that lie on the patient. */
function foreign(u: (lo: number, hi: number) => number, patient: Patient, camera: Camera, film: Sheet): void {
  const { occluders } = patient, s = camera.scale, w = camera.widthPx, h = camera.heightPx;
  const { values } = film;
  const disc = (x: number, y: number, r: number, density: number, hollow = 0, sphere = false) => {
    for (let j = Math.max(0, Math.ceil(y - r)); j <= Math.min(h - 1, y + r); j++) {
      for (let i = Math.max(0, Math.ceil(x - r)); i <= Math.min(w - 1, x + r); i++) {
        const d = Math.hypot(i - x, j - y);
        if (d < r && d >= hollow) values[j * w + i] += density * (sphere ? Math.sqrt(1 - (d / r) ** 2) : 1);
      }
    }
  };
  for (let i = 0; i < occluders.balls; i++) {
    const r = (u(0, 1) < 0.6 ? 12.7 : u(7, 16)) * s;
    const [x, y] = camera.project(u(-30, 30) + (u(0, 1) < 0.5 ? u(-150, 150) : 0), u(40, 130), -20);
    disc(x, y, r, u(1.5, 8), 0, true);
  }
  for (let i = 0; i < occluders.clothing; i++) {
    const x = u(0, w), y = u(0, h), kind = u(0, 1);
    if (kind < 0.4) disc(x, y, u(4, 11) * s, u(0.2, 1.6), u(0, 1) < 0.5 ? u(2, 4) * s : 0);
    else {
      const line = sheet(w, h),
        a = u(-0.6, 0.6) + (u(0, 1) < 0.3 ? 1.57 : 0),
        l = u(20, 160) * s,
        t = u(0.3, 1.6) * s;
      const wave = u(-0.12, 0.12) * l, phase = u(0, 6);
      maxChords(
        line,
        Array.from({ length: 16 }, (_, q) => {
          const along = l * q / 15, across = wave * Math.sin(phase + q / 4);
          return [
            x + Math.cos(a) * along - Math.sin(a) * across,
            y + Math.sin(a) * along + Math.cos(a) * across,
            t,
          ];
        }),
      );
      const d = u(0.05, 0.9) / t;
      for (let q = 0; q < values.length; q++) values[q] += d * line.values[q];
    }
  }
  if (occluders.shield !== "none") {
    const male = occluders.shield === "male",
      [x, y] = camera.project(u(-25, 25), male ? u(50, 95) : u(-70, -25), -90);
    const rx = (male ? u(35, 60) : u(55, 85)) * s,
      ry = (male ? u(40, 70) : u(35, 60)) * s,
      n = u(2, 6),
      density = u(2.5, 7),
      taper = u(-0.4, 0.4);
    for (let j = Math.max(0, Math.ceil(y - ry)); j <= Math.min(h - 1, y + ry); j++) {
      for (let i = Math.max(0, Math.ceil(x - rx)); i <= Math.min(w - 1, x + rx); i++) {
        const q = (j - y) / ry, a = Math.abs((i - x) / (rx * (1 + taper * q)));
        if (a ** n + Math.abs(q) ** n < 1) values[j * w + i] += density;
      }
    }
  }
}
