import type { AttenuationVolume, CtHead } from "./ct_volumes.ts";
import type { TrueHead } from "./test_film.ts";

/** Positions of tube, patient and film, in millimetres and degrees. */
export interface View {
  /**
   * Point of the volume about which the patient is rotated, mm from the first voxel. The tube is above it, off by
   * `tubeMm`.
   */
  readonly pivotMm: readonly [number, number, number];
  /**
   * Degrees of pelvic tilt (about the axis from side to side), rotation (about the long axis) and obliquity (about the
   * axis from front to back).
   */
  readonly tilt: number;
  readonly rotation: number;
  readonly obliquity: number;
  /** Distances from the tube to the film, and from the pivot down to the film, mm. */
  readonly sourceMm: number;
  readonly heightMm: number;
  /** Offset of the tube from the pivot, mm: towards the patient's left, towards the head. */
  readonly tubeMm: readonly [number, number];
  /** Offset of the film's centre from the point below the tube, in the same directions; size of film and pixels; mm. */
  readonly filmMm: readonly [number, number];
  readonly widthMm: number;
  readonly heightFilmMm: number;
  readonly pixelMm: number;
}

/** Path integrals of attenuation on a film, and the circles of the heads on it. */
export interface CastFilm {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly attenuation: Float32Array; // [heightPx, widthPx]
  readonly heads: readonly TrueHead[];
  /** Natural heads with a screw in them. */
  readonly nailed: readonly TrueHead[];
}

/** Distance between the planes on which rays are sampled. */
const PLANE_MM = 1.5;

/** Rotation matrix from volume to room coordinates: first tilt, then rotation, then obliquity. */
function rotationMatrix({ tilt, rotation, obliquity }: View): number[][] {
  const angle = (degrees: number) => [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
  const [ct, st] = angle(tilt), [cr, sr] = angle(rotation), [co, so] = angle(obliquity);
  const about = { x: [[1, 0, 0], [0, ct, -st], [0, st, ct]], z: [[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]] };
  const y = [[co, 0, so], [0, 1, 0], [-so, 0, co]];
  const times = (a: number[][], b: number[][]) =>
    a.map((row) => [0, 1, 2].map((c) => row[0] * b[0][c] + row[1] * b[1][c] + row[2] * b[2][c]));
  return times(y, times(about.z, about.x));
}

/**
 * Computes one film in perspective projection: attenuation is summed along rays from the tube to every pixel, with
 * trilinear interpolation. On planes parallel to the film, a ray's position is an affine function of its pixel, so the
 * volume is read plane by plane.
 */
export function castFilm(volume: AttenuationVolume, view: View): CastFilm {
  const { sizes: [nx, ny, nz], stepMm, values } = volume, R = rotationMatrix(view);
  const { pivotMm, sourceMm, heightMm, tubeMm, filmMm, pixelMm } = view;
  const widthPx = Math.round(view.widthMm / pixelMm), heightPx = Math.round(view.heightFilmMm / pixelMm);
  const source = [tubeMm[0], heightMm - sourceMm, tubeMm[1]]; // room: x left, y back, z head, from the pivot
  const corner = [
    tubeMm[0] + filmMm[0] - (widthPx - 1) / 2 * pixelMm,
    heightMm,
    tubeMm[1] + filmMm[1] + (heightPx - 1) / 2 * pixelMm,
  ];
  // Room to voxels: the transposed rotation, then the grid.
  const toVoxel = (p: number[], point: boolean) =>
    [0, 1, 2].map((a) =>
      (R[0][a] * p[0] + R[1][a] * p[1] + R[2][a] * p[2] + (point ? pivotMm[a] : 0)) / stepMm[a]
    );
  const limits = [nx - 1.001, ny - 1.001, nz - 1.001], up = nx * ny;
  const attenuation = new Float32Array(widthPx * heightPx), reach = [-400, 400];
  for (let depth = reach[0]; depth <= Math.min(reach[1], heightMm); depth += PLANE_MM) {
    const t = (depth - source[1]) / sourceMm;
    const start = toVoxel(source.map((s, a) => s + t * (corner[a] - s)), true);
    const right = toVoxel([t * pixelMm, 0, 0], false), down = toVoxel([0, 0, -t * pixelMm], false);
    for (let row = 0; row < heightPx; row++) {
      const p = start.map((s, a) => s + row * down[a]);
      let from = 0, to = widthPx - 1;
      for (let a = 0; a < 3; a++) {
        if (Math.abs(right[a]) < 1e-12) {
          if (p[a] < 0 || p[a] > limits[a]) to = -1;
          continue;
        }
        const [one, two] = [-p[a] / right[a], (limits[a] - p[a]) / right[a]];
        from = Math.max(from, Math.ceil(Math.min(one, two)));
        to = Math.min(to, Math.floor(Math.max(one, two)));
      }
      const line = row * widthPx;
      for (let column = from; column <= to; column++) {
        const x = p[0] + column * right[0], y = p[1] + column * right[1], z = p[2] + column * right[2];
        const i = x | 0, j = y | 0, k = z | 0, a = x - i, b = y - j, c = z - k, at = k * up + j * nx + i;
        const v0 = values[at], v2 = values[at + nx], v4 = values[at + up], v6 = values[at + up + nx];
        const e0 = v0 + a * (values[at + 1] - v0), e1 = v2 + a * (values[at + nx + 1] - v2);
        const e2 = v4 + a * (values[at + up + 1] - v4), e3 = v6 + a * (values[at + up + nx + 1] - v6);
        const f0 = e0 + b * (e1 - e0), f1 = e2 + b * (e3 - e2);
        attenuation[line + column] += f0 + c * (f1 - f0);
      }
    }
  }
  for (let row = 0, i = 0; row < heightPx; row++) {
    for (let column = 0; column < widthPx; column++, i++) {
      const dx = corner[0] + column * pixelMm - source[0], dz = corner[2] - row * pixelMm - source[2];
      attenuation[i] *= PLANE_MM * Math.sqrt(dx * dx + dz * dz + sourceMm ** 2) / sourceMm;
    }
  }
  const circle = (head: CtHead) => projectSphere(head, { R, pivotMm, source, corner, pixelMm, sourceMm });
  return {
    ...{ widthPx, heightPx, attenuation },
    heads: volume.heads.map(circle),
    nailed: volume.nailed.map(circle),
  };
}

/**
 * Circle that approximates the projection of a sphere. The true projection is an ellipse that deviates from a circle by
 * 1 to 2 %; the circle has the mean centre and radius of the points where the sphere's tangent rays meet the film.
 */
function projectSphere(
  { centerMm, radiusMm, side }: CtHead,
  { R, pivotMm, source, corner, pixelMm, sourceMm }: {
    R: number[][];
    pivotMm: readonly number[];
    source: number[];
    corner: number[];
    pixelMm: number;
    sourceMm: number;
  },
): TrueHead {
  const away = centerMm.map((v, a) => v - pivotMm[a]);
  const center = R.map((row) => row[0] * away[0] + row[1] * away[1] + row[2] * away[2]);
  const axis = center.map((v, a) => v - source[a]),
    length = Math.hypot(...axis),
    n = axis.map((v) => v / length);
  const e = [n[1], -n[0], 0], norm = Math.hypot(...e), e1 = e.map((v) => v / norm); // perpendicular to the ray
  const e2 = [n[1] * e1[2] - n[2] * e1[1], n[2] * e1[0] - n[0] * e1[2], n[0] * e1[1] - n[1] * e1[0]];
  const back = radiusMm ** 2 / length, ring = radiusMm * Math.sqrt(1 - (radiusMm / length) ** 2);
  const ends = Array.from({ length: 48 }, (_, k) => {
    const angle = 2 * Math.PI * k / 48;
    const p = center.map((v, a) =>
      v - back * n[a] + ring * (Math.cos(angle) * e1[a] + Math.sin(angle) * e2[a])
    );
    const t = sourceMm / (p[1] - source[1]);
    return [
      (source[0] + t * (p[0] - source[0]) - corner[0]) / pixelMm,
      (corner[2] - source[2] - t * (p[2] - source[2])) / pixelMm,
    ];
  });
  const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const cx = mean(ends.map(([x]) => x)), cy = mean(ends.map(([, y]) => y));
  return { centerPx: [cx, cy], radiusPx: mean(ends.map(([x, y]) => Math.hypot(x - cx, y - cy))), side };
}
