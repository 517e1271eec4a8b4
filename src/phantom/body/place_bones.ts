import type { Prng } from "../../array/seeded_prng.ts";
import type { Camera } from "./camera.ts";
import { rotate, type Turn, turn } from "./camera.ts";
import { shapeHead } from "./head_shape.ts";
import type { Mesh } from "../bones/mesh.ts";
import { bendFemur } from "./bend_femur.ts";
import type { Cup } from "../bones/pelvis.ts";
import { addPathLength, type Sheet } from "../sheet/path_length.ts";
import type { Hip, Patient } from "../patient/patient.ts";
import { wobble } from "./wobble.ts";

/** Moves a template point, in place, to its position in the patient's pelvis (mm). */
export interface Placement {
  (p: Float64Array): void;
  /** Rotation of the bone without its bending. `addBone` applies it to the surface normals. */
  readonly turn: Turn;
}

/** A placement from a function that moves points and a rotation of directions; `mirror` is -1 on the right side. */
export function placement(move: (p: Float64Array) => void, turned: Turn = IDENTITY, mirror = 1): Placement {
  const [a, b, c, ...rest] = turned;
  const both = [mirror * a, mirror * b, mirror * c, ...rest] as unknown as Turn;
  return Object.assign((p: Float64Array) => move(p), { turn: both });
}

const IDENTITY: Turn = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** Smooth step from 0 (t <= 0) to 1 (t >= 1). */
const ramp = (t: number) => t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);

/**
 * Centre of a hip's head in the pelvis, mm: shifted into the socket by the loss of joint space, and out of it by a
 * subluxation.
 */
export function headCenter(patient: Patient, hip: Hip): [number, number, number] {
  const side = hip.side === "left" ? 1 : -1;
  const sunk = hip.jointSpaceMm * hip.spaceLoss, tilt = hip.spaceLossTilt;
  const away = hip.subluxationMm;
  const x = patient.halfSpanMm + sunk * (tilt > 0 ? 0.35 * tilt : -0.8) + 0.8 * away;
  return [side * x, -sunk * (tilt > 0 ? 0.9 : 0.4) - 0.6 * away, 0];
}

/** Places a hip bone: scales it to the patient, fits its socket to the head and moves it to the hip. */
export function placeHipBone(prng: Prng, patient: Patient, { hip, cup }: { hip: Hip; cup: Cup }): Placement {
  const side = hip.side === "left" ? 1 : -1, s = patient.pelvisScale;
  const wave = wobble(prng.fork(`hip bone ${hip.side}`), 0.7), shared = wobble(prng.fork("hip bones"), 1.4);
  const [cx, cy, cz] = cup.center, radius = cup.radiusMm * s;
  // The radius of the sphere fitted to the whole cup is 1.4 mm less than that of a sphere fitted to its roof.
  const joint = hip.headRadiusMm + hip.jointSpaceMm - 1.4 - radius;
  const d = new Float64Array(3), e = new Float64Array(3);
  return placement((p) => {
    shared(p[0] * side, p[1], p[2], d), wave(p[0] * side, p[1], p[2], e);
    // In millimetres from the centre of the socket; x is lateral.
    let x = side * (p[0] - cx) * s, y = (p[1] - cy) * s, z = (p[2] - cz) * s;
    const r = Math.hypot(x, y, z) + 1e-6, far = ramp((r - radius - 8) / 40);
    // The head is closer to the floor of the socket than to its roof.
    const push = (joint - 2.6 * ramp(-1.3 * x / r)) * (1 - ramp((r - radius - 2) / 22)) / r;
    const roof = hip.shallow > 0 && r < radius + 23
      ? hip.shallow * ramp((x / r - 0.15) / 0.5) * ramp(0.5 - y / r) * ramp((radius + 23 - r) / 10)
      : 0;
    x += push * x + far * (d[0] + e[0]) - 13 * roof;
    y += push * y + far * (d[1] + e[1]) - 9 * roof;
    z += push * z + far * (d[2] + e[2]);
    p[0] = side * (patient.halfSpanMm + x), p[1] = y, p[2] = z;
  });
}

/**
 * Places a femur in its joint: rotated, flexed and abducted.
 *
 * @param shifted true for the distal fragment of a fracture, which is displaced by `hip.fractureShift`
 */
export function placeFemur(patient: Patient, hip: Hip, shifted = false): Placement {
  const side = hip.side === "left" ? 1 : -1, center = headCenter(patient, hip);
  const pose = femurTurn(hip), shape = shapeHead(hip, patient.stature), bend = bendFemur(hip);
  const [sx, sy, sz, twist] = hip.fractureShift, knock = turn(0, 0, twist);
  return placement(
    (p) => {
      bend(p);
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

/** Femur frame to pelvic frame, left side: rotation about the shaft, then flexion, then abduction. */
export function femurTurn(hip: Hip): Turn {
  const a = turn(0, -hip.rotationDeg, 0), b = turn(-hip.flexionDeg, 0, -hip.abductionDeg);
  const out: number[] = [];
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) out.push(b[3 * i] * a[j] + b[3 * i + 1] * a[3 + j] + b[3 * i + 2] * a[6 + j]);
  }
  return out as unknown as Turn;
}

/**
 * Adds the path lengths (mm) of a placed bone: all of it to `whole`, its marrow space to `spongy` (trabecular bone).
 * The cortical thickness of the mesh is multiplied by `cortex`.
 */
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

/** True if a sparse sample of the surface has no point on or near the film. */
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
