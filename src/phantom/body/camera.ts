import type { View } from "../patient/patient.ts";

/** A 3 x 3 rotation matrix, row by row. */
export type Turn = readonly [number, number, number, number, number, number, number, number, number];

/** Rotation about x, then y, then z, in degrees. */
export function turn(xDeg: number, yDeg: number, zDeg: number): Turn {
  const r = Math.PI / 180;
  const [a, b, c] = [Math.cos(xDeg * r), Math.cos(yDeg * r), Math.cos(zDeg * r)];
  const [d, e, f] = [Math.sin(xDeg * r), Math.sin(yDeg * r), Math.sin(zDeg * r)];
  return [
    c * b,
    c * e * d - f * a,
    c * e * a + f * d,
    f * b,
    f * e * d + c * a,
    f * e * a - c * d,
    -e,
    b * d,
    b * a,
  ];
}

/** The matrix `m` times (x, y, z). */
export function rotate(m: Turn, x: number, y: number, z: number): [number, number, number] {
  return [m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z];
}

/** Perspective projection from pelvic millimetres to film pixels and depth. */
export interface Camera {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Millimetres per pixel, on the film. */
  readonly pitchMm: number;
  /** Pixels per millimetre in the plane of the hips. */
  readonly scale: number;
  /** True if the film is mirrored (left and right exchanged). */
  readonly flip: boolean;
  /** Point of the pelvis (mm) to film x and y (px) and depth behind the hips (mm). */
  readonly project: (x: number, y: number, z: number) => [number, number, number];
  /** Like `project`, but writes the three numbers to `out` from index `at`. */
  readonly projectTo: (x: number, y: number, z: number, out: Float32Array, at: number) => void;
  /** Pixels per millimetre at a depth behind the hips. */
  readonly scaleAt: (depthMm: number) => number;
  /** Direction in the pelvis to direction on the film (x mirrored if the film is mirrored). */
  readonly direction: (x: number, y: number, z: number) => [number, number, number];
}

/** Positions film and X-ray source according to `view`. */
export function camera(view: View, widthPx: number, heightPx: number): Camera {
  const m = turn(view.tiltDeg, view.turnDeg, view.obliquityDeg);
  const pitchMm = view.widthMm / widthPx;
  const near = view.sourceMm - view.behindMm;
  const side = view.mirrored ? -1 : 1;
  const [ox, oy] = view.centerMm;
  const scaleAt = (z: number) => view.sourceMm / (near + z) / pitchMm;
  const reach = view.sourceMm / pitchMm;
  const midX = (widthPx - 1) / 2, midY = (heightPx - 1) / 2;
  return {
    widthPx,
    heightPx,
    pitchMm,
    scale: scaleAt(0),
    flip: view.mirrored,
    scaleAt,
    direction: (x, y, z) => {
      const q = rotate(m, x, y, z);
      return [side * q[0], q[1], q[2]];
    },
    projectTo: (x, y, z, out, at) => {
      const qx = m[0] * x + m[1] * y + m[2] * z, qy = m[3] * x + m[4] * y + m[5] * z;
      const qz = m[6] * x + m[7] * y + m[8] * z, s = reach / (near + qz);
      out[at] = midX + side * (qx - ox) * s;
      out[at + 1] = midY + (qy - oy) * s;
      out[at + 2] = qz;
    },
    project: (x, y, z) => {
      const qx = m[0] * x + m[1] * y + m[2] * z, qy = m[3] * x + m[4] * y + m[5] * z;
      const qz = m[6] * x + m[7] * y + m[8] * z, s = scaleAt(qz);
      return [midX + side * (qx - ox) * s, midY + (qy - oy) * s, qz];
    },
  };
}
