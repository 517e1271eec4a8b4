import type { Prng } from "../../src/array/seeded_prng.ts";
import { vertexNormals } from "../../src/phantom/bones/vertex_normals.ts";
import type { RawMesh } from "./read_meshes.ts";

/** A sphere. */
export interface Ball {
  readonly center: readonly number[];
  readonly radiusMm: number;
}

/**
 * Finds the femoral head: the sphere that has the most vertices on its surface with normals along its radii (from
 * random pairs of vertices, then by least squares).
 *
 * @throws {Error} if no sphere fits.
 */
export function findHead({ positions: p, triangles }: RawMesh, prng: Prng): Ball {
  const normals = vertexNormals(p, triangles), n = p.length / 3;
  const at = (v: Float32Array, i: number) => [v[3 * i], v[3 * i + 1], v[3 * i + 2]];
  const inliers = ({ center: c, radiusMm: r }: Ball, slack: number) => {
    const out: number[] = [];
    for (let i = 0; i < n; i++) {
      const [x, y, z] = at(p, i).map((v, k) => v - c[k]), d = Math.hypot(x, y, z);
      if (Math.abs(d - r) > slack) continue;
      const [a, b, e] = at(normals, i);
      if ((x * a + y * b + z * e) / d > 0.95) out.push(i);
    }
    return out;
  };
  let best: Ball | undefined, most = 0;
  for (let trial = 0; trial < 3000; trial++) {
    const i = prng.integer(n),
      j = prng.integer(n),
      pi = at(p, i),
      pj = at(p, j),
      ni = at(normals, i),
      nj = at(normals, j);
    const dn = ni.map((v, k) => v - nj[k]), dp = pi.map((v, k) => v - pj[k]);
    const size = dn[0] ** 2 + dn[1] ** 2 + dn[2] ** 2;
    if (size < 0.3) continue;
    const r = (dn[0] * dp[0] + dn[1] * dp[1] + dn[2] * dp[2]) / size;
    if (r < 17 || r > 31) continue;
    const center = [0, 1, 2].map((k) => (pi[k] - r * ni[k] + pj[k] - r * nj[k]) / 2);
    if (Math.hypot(...[0, 1, 2].map((k) => pi[k] - r * ni[k] - pj[k] + r * nj[k])) > 2) continue;
    const count = inliers({ center, radiusMm: r }, 0.8).length;
    if (count > most) most = count, best = { center, radiusMm: r };
  }
  if (!best) throw new Error("Cannot find the femoral head: no sphere fits the surface");
  for (let round = 0; round < 6; round++) best = fitBall(inliers(best, 0.8).map((i) => at(p, i)));
  return best;
}

/** Least-squares sphere, algebraic: |x|^2 = 2 c.x + (r^2 - |c|^2). */
function fitBall(points: readonly number[][]): Ball {
  const a = Array.from({ length: 4 }, () => new Float64Array(5));
  for (const [x, y, z] of points) {
    const row = [2 * x, 2 * y, 2 * z, 1], right = x * x + y * y + z * z;
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) a[i][j] += row[i] * row[j];
      a[i][4] += row[i] * right;
    }
  }
  for (let i = 0; i < 4; i++) {
    let top = i;
    for (let k = i + 1; k < 4; k++) if (Math.abs(a[k][i]) > Math.abs(a[top][i])) top = k;
    [a[i], a[top]] = [a[top], a[i]];
    for (let k = 0; k < 4; k++) {
      if (k === i) continue;
      const f = a[k][i] / a[i][i];
      for (let j = i; j < 5; j++) a[k][j] -= f * a[i][j];
    }
  }
  const [x, y, z, w] = a.map((row, i) => row[4] / row[i]);
  return { center: [x, y, z], radiusMm: Math.sqrt(w + x * x + y * y + z * z) };
}

/**
 * A left femur, turned so that the neck points neither forwards nor backwards, with the head of 24 mm radius at the
 * origin; x lateral, y distal along the shaft, z posterior, mm.
 */
export interface FramedFemur {
  readonly name: string;
  readonly positions: Float32Array;
  readonly triangles: Uint32Array;
  /** Position of the shaft's axis, mm lateral to the head's centre. */
  readonly shaftX: number;
  /** Distal end of the surface, mm. */
  readonly endY: number;
}

/**
 * Transforms a femur to the frame of `FramedFemur`. `up` is approximately the patient's upward direction in the axes of
 * the mesh, which must be right-handed. A right femur is mirrored.
 */
export function frameFemur(
  mesh: RawMesh,
  { head, side, up, shaftFromMm, shaftToMm }: {
    head: Ball;
    side: "left" | "right";
    up: readonly number[];
    /** Upper end of the part of the shaft to which its axis is fitted, mm below the head's centre, before scaling. */
    shaftFromMm: number;
    /** Lower end of the same part, mm below the head's centre, before scaling. */
    shaftToMm: number;
  },
): FramedFemur {
  const n = mesh.positions.length / 3;
  const centred = Array.from(
    { length: n },
    (_, i) => [0, 1, 2].map((k) => mesh.positions[3 * i + k] - head.center[k]),
  );
  let down = up.map((v) => -v), anchor = [0, 0, 0];
  for (let round = 0; round < 4; round++) {
    const slices = new Map<number, { sum: number[]; lo: number[]; hi: number[] }>();
    const [ex, ez] = across(down);
    for (const p of centred) {
      const y = dot(p, down);
      if (y < shaftFromMm || y > shaftToMm) continue;
      const key = Math.floor(y / 4), u = dot(p, ex), w = dot(p, ez);
      const slice = slices.get(key) ?? { sum: [], lo: [Infinity, Infinity], hi: [-Infinity, -Infinity] };
      slice.lo = [Math.min(slice.lo[0], u), Math.min(slice.lo[1], w)];
      slice.hi = [Math.max(slice.hi[0], u), Math.max(slice.hi[1], w)];
      slices.set(key, slice);
    }
    const centers = [...slices].map(([key, { lo, hi }]) => {
      const y = (key + 0.5) * 4, u = (lo[0] + hi[0]) / 2, w = (lo[1] + hi[1]) / 2;
      return [0, 1, 2].map((k) => y * down[k] + u * ex[k] + w * ez[k]);
    });
    anchor = [0, 1, 2].map((k) => centers.reduce((sum, c) => sum + c[k], 0) / centers.length);
    // Direction: least squares, starting from the present direction.
    let axis = [0, 0, 0];
    for (const c of centers) {
      const off = c.map((v, k) => v - anchor[k]), along = dot(off, down);
      axis = axis.map((v, k) => v + along * off[k]);
    }
    const size = Math.hypot(...axis);
    down = axis.map((v) => v / size);
  }
  const along = dot(anchor, down),
    lateral = anchor.map((v, k) => v - along * down[k]),
    shaft = Math.hypot(...lateral);
  const ex = lateral.map((v) => v / shaft);
  const cross = [
    ex[1] * down[2] - ex[2] * down[1],
    ex[2] * down[0] - ex[0] * down[2],
    ex[0] * down[1] - ex[1] * down[0],
  ];
  const ez = side === "left" ? cross : cross.map((v) => -v);
  const scale = 24 / head.radiusMm, positions = new Float32Array(3 * n);
  let endY = 0;
  centred.forEach((p, i) => {
    positions.set([dot(p, ex) * scale, dot(p, down) * scale, dot(p, ez) * scale], 3 * i);
    endY = Math.max(endY, positions[3 * i + 1]);
  });
  const triangles = mesh.triangles.slice();
  if (side === "right") {
    for (let t = 0; t < triangles.length; t += 3) {
      [triangles[t], triangles[t + 1]] = [triangles[t + 1], triangles[t]];
    }
  }
  return { name: mesh.name, positions, triangles, shaftX: shaft * scale, endY };
}

const dot = (a: readonly number[], b: readonly number[]) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Two unit vectors perpendicular to a third vector. */
function across(d: readonly number[]): [number[], number[]] {
  const s = Math.abs(d[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0], k = dot(s, d), u = s.map((v, i) => v - k * d[i]);
  const size = Math.hypot(...u), ex = u.map((v) => v / size);
  return [ex, [d[1] * ex[2] - d[2] * ex[1], d[2] * ex[0] - d[0] * ex[2], d[0] * ex[1] - d[1] * ex[0]]];
}
