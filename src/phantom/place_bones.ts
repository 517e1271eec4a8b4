import type { Prng } from "../array/seeded_prng.ts";
import type { Camera } from "./camera.ts";
import { rotate, type Turn, turn } from "./camera.ts";
import { CAVITY_RADIUS, HIP_CENTER } from "./hemipelvis.ts";
import { shapeHead } from "./head_shape.ts";
import type { Mesh } from "./mesh.ts";
import { addPathLength, type Sheet } from "./path_length.ts";
import type { Hip, Patient } from "./patient.ts";
import { wobble } from "./wobble.ts";

/** Moves a template point, in place, to its place in the patient's pelvis (mm). */
export interface Placement {
  (p: Float64Array): void;
  /** How directions turn on the way, bending left aside: where the marrow lies under a point of the surface. */
  readonly turn: Turn;
}

/** A placement from a moving function and the turn of directions; `mirror` is -1 on the right side. */
export function placement(move: (p: Float64Array) => void, turned: Turn = STILL, mirror = 1): Placement {
  const [a, b, c, ...rest] = turned;
  const both = [mirror * a, mirror * b, mirror * c, ...rest] as unknown as Turn;
  return Object.assign((p: Float64Array) => move(p), { turn: both });
}

const STILL: Turn = [1, 0, 0, 0, 1, 0, 0, 0, 1];

const ramp = (t: number) => t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);

/** Where the head of a hip lies in the pelvis, mm: sunk into a worn joint, slid out of a shallow one. */
export function headCenter(patient: Patient, hip: Hip): [number, number, number] {
  const side = hip.side === "left" ? 1 : -1;
  const sunk = hip.jointSpaceMm * hip.spaceLoss, tilt = hip.spaceLossTilt;
  const away = hip.subluxationMm;
  const x = patient.halfSpanMm + sunk * (tilt > 0 ? 0.35 * tilt : -0.8) + 0.8 * away;
  return [side * x, -sunk * (tilt > 0 ? 0.9 : 0.4) - 0.6 * away, 0];
}

/** Half a pelvis, bent to the patient. */
export function placeHemipelvis(prng: Prng, patient: Patient, hip: Hip): Placement {
  const side = hip.side === "left" ? 1 : -1, s = patient.stature, span = patient.halfSpanMm;
  const own = prng.fork(`hemipelvis ${hip.side}`), both = prng.fork("hemipelvis");
  const wave = wobble(own, 1.1), shared = wobble(both, 2.2);
  const u = (lo: number, hi: number) => lo + (hi - lo) * both();
  const female = patient.sex === "F" ? 1 : -1;
  const tall = u(0.88, 1.1), flare = u(-0.1, 0.16), face = u(0.65, 1.35), pubis = u(-8, 9) + 2 * female;
  const gap = u(0.2, 2.4), arch = u(-3, 3) + 2.5 * female;
  const joint = hip.headRadiusMm + hip.jointSpaceMm - CAVITY_RADIUS * s;
  const [hx] = HIP_CENTER, d = new Float64Array(3), e = new Float64Array(3);
  return placement(
    (p) => {
      let [x, y, z] = p;
      const cx = x - hx, r = Math.hypot(cx, y, z) + 1e-6;
      const far = ramp((r - 34) / 40);
      const up = Math.max(0, -y - 34),
        front = Math.max(0, Math.min(1, (62 - x) / 50)) * ramp((60 - z) / 60) * ramp((y + 40) / 50);
      shared(x, y, z, d), wave(x, y, z, e);
      x = x * s + (span - hx * s) * Math.max(0, Math.min(1, x / hx));
      x += flare * up * Math.max(-0.4, Math.min(1, cx / 40)) + gap * front +
        arch * ramp((y - 35) / 30) * ramp(x / 30);
      y = y * s - up * s * (tall - 1) + pubis * front;
      z = z * s * (1 + (face - 1) * ramp(up / 40)) + far * (d[2] + e[2]);
      x += far * (d[0] + e[0]), y += far * (d[1] + e[1]);
      const push = joint * (1 - ramp((r - 31) / 20)) / r;
      x += push * cx, y += push * p[1], z += push * p[2];
      if (hip.shallow > 0 && r < 52) {
        const roof = ramp((cx / r - 0.15) / 0.5) * ramp(0.5 - p[1] / r) * ramp((52 - r) / 10);
        x -= 13 * hip.shallow * roof, y -= 9 * hip.shallow * roof;
      }
      p[0] = side * x, p[1] = y, p[2] = z;
    },
    STILL,
    side,
  );
}

/** A femur hung in its joint: turned, bent, spread. */
export function placeFemur(patient: Patient, hip: Hip, shifted = false): Placement {
  const side = hip.side === "left" ? 1 : -1, center = headCenter(patient, hip);
  const pose = femurTurn(hip), shape = shapeHead(hip, patient.stature);
  const [sx, sy, sz, twist] = hip.fractureShift, knock = turn(0, 0, twist);
  return placement(
    (p) => {
      shape(p);
      if (shifted) {
        const q = rotate(knock, p[0] - 25, p[1] - 25, p[2]);
        p[0] = q[0] + 25 + sx, p[1] = q[1] + 25 + sy, p[2] = q[2] + sz;
      }
      const q = rotate(pose, p[0], p[1], p[2]);
      p[0] = center[0] + side * q[0], p[1] = center[1] + q[1], p[2] = center[2] + q[2];
    },
    pose,
    side,
  );
}

/** Femur frame to pelvic frame, left side: rotation about the shaft, flexion, then abduction. */
export function femurTurn(hip: Hip): Turn {
  const a = turn(0, -hip.rotationDeg, 0), b = turn(-hip.flexionDeg, 0, -hip.abductionDeg);
  const out: number[] = [];
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) out.push(b[3 * i] * a[j] + b[3 * i + 1] * a[3 + j] + b[3 * i + 2] * a[6 + j]);
  }
  return out as unknown as Turn;
}

/** Adds a placed bone: all of it to `whole`, its marrow space to `spongy`. */
export function addBone(
  mesh: Mesh,
  place: Placement,
  { camera, whole, spongy, side, cortex }: {
    camera: Camera;
    whole: Sheet;
    spongy: Sheet;
    side: "right" | "left";
    cortex: number;
  },
): void {
  const n = mesh.positions.length / 3, { positions, normals, cortexMm, depthMm } = mesh, t = place.turn;
  if (offFilm(mesh, place, camera)) return;
  const outer = new Float32Array(n * 3), inner = new Float32Array(n * 3), p = new Float64Array(3);
  for (let i = 0, j = 0; i < n; i++, j += 3) {
    const thick = Math.min(cortexMm[i] * cortex, 0.85 * depthMm[i]),
      a = normals[j],
      b = normals[j + 1],
      c = normals[j + 2];
    p[0] = positions[j], p[1] = positions[j + 1], p[2] = positions[j + 2];
    place(p);
    camera.projectTo(p[0], p[1], p[2], outer, j);
    camera.projectTo(
      p[0] - thick * (t[0] * a + t[1] * b + t[2] * c),
      p[1] - thick * (t[3] * a + t[4] * b + t[5] * c),
      p[2] - thick * (t[6] * a + t[7] * b + t[8] * c),
      inner,
      j,
    );
  }
  const sign = (side === "left" ? 1 : -1) * (camera.flip ? -1 : 1);
  addPathLength(whole, outer, mesh.triangles, sign);
  addPathLength(spongy, inner, mesh.triangles, sign);
}

/** True where a sparse look at the surface finds no point on the film or near it. */
function offFilm(mesh: Mesh, place: Placement, camera: Camera): boolean {
  const p = new Float64Array(3), margin = 25 * camera.scale;
  for (let j = 0; j < mesh.positions.length; j += 3 * 29) {
    p[0] = mesh.positions[j], p[1] = mesh.positions[j + 1], p[2] = mesh.positions[j + 2];
    place(p);
    const [x, y] = camera.project(p[0], p[1], p[2]);
    if (x > -margin && x < camera.widthPx + margin && y > -margin && y < camera.heightPx + margin) {
      return false;
    }
  }
  return true;
}
