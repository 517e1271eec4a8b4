import type { Solid } from "./solid.ts";

/** A closed surface: template coordinates in mm, triangles facing outwards. */
export interface Mesh {
  readonly positions: Float32Array; // [n, 3]
  readonly normals: Float32Array; // [n, 3], unit, outwards
  /** How far a vertex may be moved inwards, mm: half to two thirds of the way to the opposite wall, at most 9. */
  readonly depthMm: Float32Array; // [n]
  /** Cortical thickness of the template bone at each vertex, mm. */
  readonly cortexMm: Float32Array; // [n]
  readonly triangles: Uint32Array; // [m, 3]
}

/** Options of meshing. The box is [min, max] in mm along x, y, z; `stepMm` is the grid step. */
export interface MeshOptions {
  readonly box: readonly [readonly number[], readonly number[]];
  readonly stepMm?: number;
  /** Cortical thickness at a surface point, mm. */
  readonly cortex: (x: number, y: number, z: number) => number;
}

/**
 * Converts a solid to a closed surface by naive surface nets (Gibson 1998, MERL TR99-24). Two Newton steps then move
 * each vertex onto the surface, except where the box cuts the solid.
 */
export function meshSolid(solid: Solid, { box, stepMm = 3, cortex }: MeshOptions): Mesh {
  const [lo, hi] = box, h = stepMm;
  const nx = Math.ceil((hi[0] - lo[0]) / h) + 1;
  const ny = Math.ceil((hi[1] - lo[1]) / h) + 1;
  const nz = Math.ceil((hi[2] - lo[2]) / h) + 1;
  const values = new Float32Array(nx * ny * nz); // [nz, ny, nx]
  fillGrid(values, solid, { lo, step: h, size: [nx, ny, nz] });
  const { positions, triangles } = netSurface(values, [nx, ny, nz]);
  for (let i = 0; i < positions.length; i++) positions[i] = lo[i % 3] + positions[i] * h;
  return finish(solid, positions, triangles, { cortex, box, stepMm });
}

/** Samples the solid block by block. A block far from the surface is filled with the value at its centre. */
function fillGrid(values: Float32Array, solid: Solid, { lo, step: h, size: [nx, ny, nz] }: {
  lo: readonly number[];
  step: number;
  size: readonly number[];
}): void {
  const block = 4, far = 1.25 * block * h;
  for (let k0 = 0; k0 < nz; k0 += block) {
    for (let j0 = 0; j0 < ny; j0 += block) {
      for (let i0 = 0; i0 < nx; i0 += block) {
        const half = (block - 1) / 2;
        const middle = solid(lo[0] + (i0 + half) * h, lo[1] + (j0 + half) * h, lo[2] + (k0 + half) * h);
        const k1 = Math.min(nz, k0 + block), j1 = Math.min(ny, j0 + block), i1 = Math.min(nx, i0 + block);
        for (let k = k0; k < k1; k++) {
          for (let j = j0; j < j1; j++) {
            for (let i = i0; i < i1; i++) {
              const d = Math.abs(middle) > far ? middle : solid(lo[0] + i * h, lo[1] + j * h, lo[2] + k * h);
              // The outermost layer always counts as outside, so that every surface is closed.
              const edge = k === 0 || j === 0 || i === 0 || k === nz - 1 || j === ny - 1 || i === nx - 1;
              values[(k * ny + j) * nx + i] = edge ? Math.max(d, 0.1) : d;
            }
          }
        }
      }
    }
  }
}

/** The surface in grid units: one vertex per cell that the surface crosses, two triangles per crossed grid edge. */
function netSurface(values: Float32Array, [nx, ny, nz]: readonly number[]) {
  const index = new Int32Array(values.length).fill(-1);
  const positions: number[] = [], triangles: number[] = [];
  const sy = nx, sz = nx * ny;
  const corners = [0, 1, sy, sy + 1, sz, sz + 1, sz + sy, sz + sy + 1];
  const edges = [0, 1, 2, 3, 4, 5, 6, 7, 0, 2, 1, 3, 4, 6, 5, 7, 0, 4, 1, 5, 2, 6, 3, 7];
  for (let k = 0; k < nz - 1; k++) {
    for (let j = 0; j < ny - 1; j++) {
      for (let i = 0; i < nx - 1; i++) {
        const base = i + j * sy + k * sz;
        let inside = 0;
        for (let c = 0; c < 8; c++) if (values[base + corners[c]] < 0) inside++;
        if (inside === 0 || inside === 8) continue;
        let x = 0, y = 0, z = 0, n = 0;
        for (let e = 0; e < 24; e += 2) {
          const a = edges[e], b = edges[e + 1];
          const va = values[base + corners[a]], vb = values[base + corners[b]];
          if ((va < 0) === (vb < 0)) continue;
          const t = va / (va - vb);
          x += (a & 1) + t * ((b & 1) - (a & 1));
          y += (a >> 1 & 1) + t * ((b >> 1 & 1) - (a >> 1 & 1));
          z += (a >> 2) + t * ((b >> 2) - (a >> 2));
          n++;
        }
        index[base] = positions.length / 3;
        positions.push(i + x / n, j + y / n, k + z / n);
      }
    }
  }
  const steps = [1, sy, sz];
  for (let k = 0; k < nz - 1; k++) {
    for (let j = 0; j < ny - 1; j++) {
      for (let i = 0; i < nx - 1; i++) {
        const base = i + j * sy + k * sz, here = values[base] < 0;
        for (let axis = 0; axis < 3; axis++) {
          if (here === (values[base + steps[axis]] < 0)) continue;
          const u = steps[(axis + 1) % 3], v = steps[(axis + 2) % 3];
          const a = index[base], b = index[base - u], c = index[base - u - v], d = index[base - v];
          if (here) triangles.push(a, b, c, a, c, d);
          else triangles.push(a, c, b, a, d, c);
        }
      }
    }
  }
  return { positions: Float32Array.from(positions), triangles: Uint32Array.from(triangles) };
}

/** Moves the vertices onto the surface and computes normals, depth and cortical thickness. */
function finish(
  solid: Solid,
  positions: Float32Array,
  triangles: Uint32Array,
  { cortex, box: [lo, hi], stepMm }: MeshOptions & { stepMm: number },
): Mesh {
  const n = positions.length / 3;
  const normals = new Float32Array(n * 3), depthMm = new Float32Array(n), cortexMm = new Float32Array(n);
  const e = 0.4;
  for (let i = 0; i < n; i++) {
    let x = positions[3 * i], y = positions[3 * i + 1], z = positions[3 * i + 2];
    let gx = 0, gy = 0, gz = 0, size = 1;
    for (let step = 0; step < 2; step++) {
      gx = (solid(x + e, y, z) - solid(x - e, y, z)) / (2 * e);
      gy = (solid(x, y + e, z) - solid(x, y - e, z)) / (2 * e);
      gz = (solid(x, y, z + e) - solid(x, y, z - e)) / (2 * e);
      size = Math.hypot(gx, gy, gz) || 1;
      // Where the box cuts the bone, the solid has no surface to move vertices to.
      const cutEnd = x < lo[0] + 1.1 * stepMm || y < lo[1] + 1.1 * stepMm || z < lo[2] + 1.1 * stepMm ||
        x > hi[0] - 1.1 * stepMm || y > hi[1] - 1.1 * stepMm || z > hi[2] - 1.1 * stepMm;
      if (cutEnd) continue;
      const move = Math.max(-1, Math.min(1, solid(x, y, z) / size));
      x -= move * gx / size, y -= move * gy / size, z -= move * gz / size;
    }
    gx /= size, gy /= size, gz /= size;
    let deepest = 0.3;
    for (let s = 0.6; s <= 9; s += 0.6) {
      if (solid(x - gx * s, y - gy * s, z - gz * s) > -0.55 * s * Math.min(size, 1)) break;
      deepest = s;
    }
    positions.set([x, y, z], 3 * i);
    normals.set([gx, gy, gz], 3 * i);
    depthMm[i] = deepest;
    cortexMm[i] = cortex(x, y, z);
  }
  return { positions, normals, depthMm, cortexMm, triangles };
}
