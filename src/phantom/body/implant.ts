import type { Patient } from "../patient/patient.ts";

/** A hip, and a function that projects a point of its femur (mm) onto the film: [x, y, radius px]. */
export interface ProjectedHip {
  readonly hip: Patient["hips"][number];
  readonly at: (x: number, y: number, z: number, radiusMm: number) => number[];
}

/** Implants that replace or fix a hip: joints, screws, nails, plates. Each is a chain of spheres passed to `draw`. */
export function implant(
  u: (lo: number, hi: number) => number,
  hip: ProjectedHip["hip"],
  at: ProjectedHip["at"],
  draw: (nodes: readonly (readonly number[])[]) => void,
): void {
  const r = hip.headRadiusMm;
  if (hip.kind === "total" || hip.kind === "hemi") {
    const ball = hip.kind === "hemi" ? r * u(0.93, 1.02) : u(11, 18), tip = u(110, 190), stem = u(5, 8);
    draw([at(0, 0, 0, ball), at(0.1, 0, 0, ball)]);
    draw([
      at(4, 3, 0, 6),
      at(26, 24, 0, 7),
      at(37, 52, 0, 12),
      at(40, 85, 0, stem + 2),
      at(40, tip, 0, stem * 0.7),
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

/** Acetabular cup as an arc of metal, sometimes with a screw. */
function cup(
  u: (lo: number, hi: number) => number,
  r: number,
  at: ProjectedHip["at"],
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
