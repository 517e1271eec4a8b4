import type { Prng } from "../array/seeded_prng.ts";
import {
  ball,
  chain,
  closedCurve,
  cut,
  ellipsoid,
  outlineDistance,
  smoothUnion,
  type Solid,
} from "./solid.ts";
import { type Mesh, meshSolid } from "./mesh.ts";

/** Centre of the left acetabulum in the template, mm: x towards the patient's left, y caudal, z posterior. */
export const HIP_CENTER = [84, 0, 0] as const;
/** Radius of the template's acetabular cavity, mm: head plus joint space. */
export const CAVITY_RADIUS = 29;

/** Half a pelvis, the left one, head centre at HIP_CENTER. `prng` varies walls, wing, rami and columns. */
export function hemipelvis(prng: Prng): Mesh {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const [cx] = HIP_CENTER;
  const cup = smoothUnion(9, [wing(u), columns(u)]), branches = smoothUnion(6, [rami(u), ischium(u)]);
  const socket = smoothUnion(3, [
    ball(cx, 0, 0, CAVITY_RADIUS),
    chain([[60, u(3, 8), u(-2, 3), u(6, 9)], [68, u(20, 26), -5, u(9, 12)]]), // fossa and notch
  ]);
  const mouth = opening(u);
  const bone = cut(smoothUnion(7, [cut(cup, mouth, 9), branches]), socket, 4.5);
  const line = u(0.4, 2.2),
    roof = u(0.5, 2),
    plain = u(0.45, 0.8),
    middle = u(-0.1, 0.45),
    spread = u(0.35, 0.7);
  return meshSolid(bone, {
    box: [[1, -158, -66], [134, 84, 84]],
    stepMm: 2.8,
    cortex: (x, y, z) => {
      const dx = x - cx, r = Math.hypot(dx, y, z);
      if (r < CAVITY_RADIUS + 1.5) { // the socket: thin, but for the weight-bearing roof
        const angle = Math.atan2(dx, -y);
        return plain +
          roof * Math.exp(-(((angle - middle) / spread) ** 2)) * Math.max(0, 1 - Math.abs(z) / 26);
      }
      if (y < -120) return 1.4;
      // The inner face from brim to ischium is thick and seen edge on: the iliopectineal and ilioischial lines.
      const inner = Math.exp(-(((x - 54) / 9) ** 2)) * Math.max(0, Math.min(1, (70 + y) / 30)) *
        Math.max(0, Math.min(1, (50 - y) / 20));
      return 1 + line * inner;
    },
  });
}

function wing(u: (lo: number, hi: number) => number): Solid {
  const j = (x: number, y: number): [number, number] => [x + u(-2, 2), y + u(-2, 2)];
  const outline = outlineDistance(
    closedCurve([
      j(34, -58),
      j(45, -50),
      j(55, -44),
      j(66, -32),
      j(84, -26),
      j(99, -27),
      j(103, -38),
      j(103, -56),
      j(110, -74),
      j(121, -87),
      j(124.5, -103),
      j(119, -123),
      j(103, -140),
      j(81, -148),
      j(59, -143),
      j(42, -129),
      j(30, -113),
      j(25, -96),
      j(27, -75),
    ]),
    [-10, -170, 145, 10],
  );
  const slope = u(0.7, 1.15), bowl = u(6, 18), thin = u(5, 6.4), squeeze = 1 / Math.hypot(1, slope);
  const crest = u(5, 10), body = u(17, 25), beam = u(3, 9), reach = u(420, 900), lower = u(16, 24);
  return (x, y, z) => {
    const inside = -outline(x, y);
    // The wing runs from the sacroiliac joint behind to the iliac spine in front, hollowed on its inner face.
    const across = (x - 78) / 45, along = (y + 92) / 55;
    const mid = 8 - slope * (x - 78) + bowl * (1 - across * across - along * along);
    const edge = crest * Math.exp(-((inside - 3) * (inside - 3)) / 40);
    // Thick along the brim from hip to sacrum, above the socket, and up the pillar to the crest.
    const brim = brimDistance(x, y);
    const thickness = thin + Math.max(edge, body * Math.exp(-brim * brim / reach)) +
      lower * Math.exp(-((x - 86) ** 2 + (y + 28) ** 2) / 700) +
      beam * Math.exp(-((x - 103 - 0.06 * (y + 100)) ** 2) / 110);
    const face = Math.abs(z - mid) * squeeze - Math.min(thickness, 4 + 1.6 * Math.max(0, inside)) / 2;
    return face > -inside ? face : -inside;
  };
}

/** Distance in the plane from the line of the pelvic brim, hip to sacrum. */
function brimDistance(x: number, y: number): number {
  const px = x - 34, py = y + 66, dx = 44, dy = 34;
  const t = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy)));
  return Math.hypot(px - t * dx, py - t * dy);
}

function columns(u: (lo: number, hi: number) => number): Solid {
  const wall = u(33, 36);
  return smoothUnion(12, [
    ellipsoid([u(79, 82), u(-8, -4), u(2, 6)], [wall - 1, wall + 1, u(29, 34)]), // the cup
    chain([[60, 4, 36, 6], [51, 9, 42, 3]]), // ischial spine
    chain([[98, -40, -18, 7], [84, -24, -24, 10], [68, 8, -24, 9]]), // anterior column
    chain([[52, -50, 34, 6], [55, -26, 10, 5], [55, -2, -16, 5.5], [42, 14, -36, 5]]), // pelvic brim
  ]);
}

/** The posterior column and the sitting bone. */
function ischium(u: (lo: number, hi: number) => number): Solid {
  return chain([
    [54, -58, 38, 8],
    [72, -34, 32, 10],
    [79, 2, 31, u(9, 12)],
    [72, 30, 32, u(12.5, 15)],
    [64, 46, 28, u(14, 17)],
    [
      54,
      59,
      21,
      13,
    ],
  ]);
}

function rami(u: (lo: number, hi: number) => number): Solid {
  const low = u(-3, 5), flare = u(-3, 3), stout = u(0.88, 1.15);
  const r = (mm: number) => mm * stout;
  return smoothUnion(6, [
    chain([[78, -26, -22, 7], [67, -8, -25, 8], [58, 8, -29, r(9)], [50, 14, -34, r(8.5)], [
      34,
      18 + low * 0.5,
      -42,
      r(8),
    ], [
      18,
      23 + low,
      -46,
      r(9),
    ]]),
    chain([[11, 24 + low, -46, r(9)], [11, 44 + low, -43, r(8.5)]]),
    chain([[18, 26 + low, -45, r(9)], [19, 42 + low, -41, r(8)]]),
    chain([[13, 49 + low, -39, r(7)], [29 + flare, 62, -18, r(7)], [44 + flare, 67, 6, r(8.5)], [
      56,
      58,
      22,
      12,
    ]]),
  ]);
}

/** What is cut off the cup so that it opens outwards, downwards and forwards; the rim waves, as real ones do. */
function opening(u: (lo: number, hi: number) => number): Solid {
  const n = [0.72 + u(-0.05, 0.05), 0.56 + u(-0.06, 0.06), -u(0.2, 0.42)];
  const size = Math.hypot(n[0], n[1], n[2]), depth = u(-4.5, 3.5);
  const [cx] = HIP_CENTER;
  const near = ball(cx, 0, 0, 47), back = u(0, 0.42), front = u(-0.05, 0.45), dome = u(0.004, 0.011);
  return (x, y, z) => {
    const a = x - cx, along = (a * n[0] + y * n[1] + z * n[2]) / size;
    const out2 = a * a + y * y + z * z - along * along;
    const wave = z > 0 ? back * Math.min(z, 22) : front * Math.max(z, -22);
    const bow = 4 * Math.sin(0.09 * y + 0.06 * z) - dome * Math.min(out2, 800);
    const d = depth + 6 + wave + bow - along, b = near(x, y, z);
    return d > b ? d : b;
  };
}
