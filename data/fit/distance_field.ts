import { vertexNormals } from "../../src/phantom/bones/vertex_normals.ts";

/** A regular grid in mm. */
export interface Grid {
  readonly origin: readonly [number, number, number];
  readonly stepMm: number;
  readonly size: readonly [number, number, number];
}

/** Signed distance to a closed surface on a grid, negative inside, limited to +-`mostMm`; [nz, ny, nx]. */
export function distanceField(
  positions: Float32Array,
  triangles: Uint32Array,
  { origin, stepMm: h, size: [nx, ny, nz] }: Grid,
  mostMm: number,
): Float32Array {
  const out = new Float32Array(nx * ny * nz).fill(mostMm);
  const p = (v: number, axis: number) => positions[3 * v + axis];
  for (let t = 0; t < triangles.length; t += 3) {
    const v = [triangles[t], triangles[t + 1], triangles[t + 2]];
    const lo = [0, 1, 2].map((a) => Math.ceil((Math.min(...v.map((k) => p(k, a))) - mostMm - origin[a]) / h));
    const hi = [0, 1, 2].map((a) =>
      Math.floor((Math.max(...v.map((k) => p(k, a))) + mostMm - origin[a]) / h)
    );
    const corners = v.map((k) => [p(k, 0), p(k, 1), p(k, 2)]);
    for (let k = Math.max(0, lo[2]); k <= Math.min(nz - 1, hi[2]); k++) {
      for (let j = Math.max(0, lo[1]); j <= Math.min(ny - 1, hi[1]); j++) {
        for (let i = Math.max(0, lo[0]); i <= Math.min(nx - 1, hi[0]); i++) {
          const d = triangleDistance([origin[0] + i * h, origin[1] + j * h, origin[2] + k * h], corners);
          const at = (k * ny + j) * nx + i;
          if (d < out[at]) out[at] = d;
        }
      }
    }
  }
  sign(out, positions, triangles, { origin, stepMm: h, size: [nx, ny, nz] });
  return out;
}

/**
 * Makes the inside negative: along each row of the grid, every crossing of the surface switches between inside and
 * outside.
 */
function sign(
  out: Float32Array,
  positions: Float32Array,
  triangles: Uint32Array,
  { origin, stepMm: h, size: [nx, ny, nz] }: Grid,
): void {
  const crossings = Array.from({ length: ny * nz }, () => [] as number[]);
  const jitter = 1.3e-4; // so that no row passes exactly through a vertex
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => {
      const v = 3 * triangles[t + k];
      return [positions[v], positions[v + 1] + jitter, positions[v + 2] + 1.7 * jitter];
    });
    const area = (b[1] - a[1]) * (c[2] - a[2]) - (c[1] - a[1]) * (b[2] - a[2]);
    if (area === 0) continue;
    const j0 = Math.max(0, Math.ceil((Math.min(a[1], b[1], c[1]) - origin[1]) / h));
    const j1 = Math.min(ny - 1, Math.floor((Math.max(a[1], b[1], c[1]) - origin[1]) / h));
    const k0 = Math.max(0, Math.ceil((Math.min(a[2], b[2], c[2]) - origin[2]) / h));
    const k1 = Math.min(nz - 1, Math.floor((Math.max(a[2], b[2], c[2]) - origin[2]) / h));
    for (let k = k0; k <= k1; k++) {
      for (let j = j0; j <= j1; j++) {
        const y = origin[1] + j * h, z = origin[2] + k * h;
        const u = ((b[1] - y) * (c[2] - z) - (c[1] - y) * (b[2] - z)) / area;
        const v = ((c[1] - y) * (a[2] - z) - (a[1] - y) * (c[2] - z)) / area, w = 1 - u - v;
        if (u < 0 || v < 0 || w < 0) continue;
        crossings[k * ny + j].push(u * a[0] + v * b[0] + w * c[0]);
      }
    }
  }
  crossings.forEach((xs, row) => {
    xs.sort((a, b) => a - b);
    for (let i = 0, passed = 0; i < nx; i++) {
      const x = origin[0] + i * h;
      while (passed < xs.length && xs[passed] < x) passed++;
      if (passed % 2 === 1) out[row * nx + i] *= -1;
    }
  });
}

/** Distance from a point to a triangle (Ericson 2004, Real-Time Collision Detection, 5.1.5). */
function triangleDistance(p: readonly number[], [a, b, c]: readonly (readonly number[])[]): number {
  const ab = sub(b, a), ac = sub(c, a), ap = sub(p, a);
  const d1 = dot(ab, ap), d2 = dot(ac, ap);
  if (d1 <= 0 && d2 <= 0) return Math.hypot(ap[0], ap[1], ap[2]);
  const bp = sub(p, b), d3 = dot(ab, bp), d4 = dot(ac, bp);
  if (d3 >= 0 && d4 <= d3) return Math.hypot(bp[0], bp[1], bp[2]);
  const vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) return off(ap, ab, d1 / (d1 - d3));
  const cp = sub(p, c), d5 = dot(ab, cp), d6 = dot(ac, cp);
  if (d6 >= 0 && d5 <= d6) return Math.hypot(cp[0], cp[1], cp[2]);
  const vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) return off(ap, ac, d2 / (d2 - d6));
  const va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) return off(bp, sub(c, b), (d4 - d3) / (d4 - d3 + d5 - d6));
  const sum = va + vb + vc, v = vb / sum, w = vc / sum;
  return Math.hypot(...[0, 1, 2].map((k) => ap[k] - v * ab[k] - w * ac[k]));
}

const sub = (a: readonly number[], b: readonly number[]) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: readonly number[], b: readonly number[]) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const off = (p: readonly number[], d: readonly number[], t: number) =>
  Math.hypot(p[0] - t * d[0], p[1] - t * d[1], p[2] - t * d[2]);

/** Level (y, mm) of the uppermost vertex of a femur's flat cut end; `Infinity` if there is no such end. */
export function cutLevel(positions: Float32Array, triangles: Uint32Array): number {
  const normals = vertexNormals(positions, triangles);
  let level = Infinity;
  for (let i = 0; i < positions.length; i += 3) {
    if (positions[i + 1] > 85 && normals[i + 1] > 0.75) level = Math.min(level, positions[i + 1]);
  }
  return level;
}
