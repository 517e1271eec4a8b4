import type { Camera } from "./camera.ts";
import { maxChords } from "../sheet/fields.ts";
import { type Sheet, sheet } from "../sheet/path_length.ts";
import type { Patient } from "../patient/patient.ts";

/** Adds the attenuation of objects on the patient to `film`: calibration spheres, buttons, wires, gonad shields. */
export function foreignBodies(
  u: (lo: number, hi: number) => number,
  patient: Patient,
  camera: Camera,
  film: Sheet,
): void {
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
