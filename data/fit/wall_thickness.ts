import { vertexNormals } from "../../src/phantom/bones/vertex_normals.ts";

/**
 * Distance inwards from each vertex to the opposite wall, mm, at most `mostMm`. Triangles are sorted into the cells of
 * a grid, and each ray tests only the triangles in the cells along it.
 */
export function wallThickness(positions: Float32Array, triangles: Uint32Array, mostMm = 12.7): Float32Array {
  const n = positions.length / 3, normals = vertexNormals(positions, triangles), cell = 6;
  const cells = new Map<string, number[]>();
  const index = (v: number) => Math.floor(v / cell);
  for (let t = 0; t < triangles.length; t += 3) {
    const lo = [0, 1, 2].map((axis) =>
      index(Math.min(...[0, 1, 2].map((k) => positions[3 * triangles[t + k] + axis])))
    );
    const hi = [0, 1, 2].map((axis) =>
      index(Math.max(...[0, 1, 2].map((k) => positions[3 * triangles[t + k] + axis])))
    );
    for (let x = lo[0]; x <= hi[0]; x++) {
      for (let y = lo[1]; y <= hi[1]; y++) {
        for (let z = lo[2]; z <= hi[2]; z++) {
          const at = `${x} ${y} ${z}`, list = cells.get(at);
          if (list) list.push(t);
          else cells.set(at, [t]);
        }
      }
    }
  }
  return Float32Array.from({ length: n }, (_, i) => {
    const p = [0, 1, 2].map((axis) => positions[3 * i + axis]),
      d = [0, 1, 2].map((axis) => -normals[3 * i + axis]);
    let nearest = mostMm;
    const tried = new Set<number>();
    for (let s = 0; s <= Math.min(mostMm, nearest); s += cell / 3) {
      const list = cells.get([0, 1, 2].map((axis) => index(p[axis] + s * d[axis])).join(" ")) ?? [];
      for (const t of list) {
        if (tried.has(t)) continue;
        tried.add(t);
        if (triangles[t] === i || triangles[t + 1] === i || triangles[t + 2] === i) continue;
        const hit = meet(positions, triangles, { t, p, d });
        if (hit > 0.2 && hit < nearest) nearest = hit;
      }
    }
    return nearest;
  });
}

/** Distance along a ray to a triangle, negative if it does not hit it (Moller and Trumbore 1997, J Graph Tools 2:21). */
function meet(
  positions: Float32Array,
  triangles: Uint32Array,
  { t, p, d }: { t: number; p: readonly number[]; d: readonly number[] },
): number {
  const [a, b, c] = [0, 1, 2].map((k) => [0, 1, 2].map((axis) => positions[3 * triangles[t + k] + axis]));
  const e = b.map((v, i) => v - a[i]), f = c.map((v, i) => v - a[i]);
  const h = cross(d, f), det = dot(e, h);
  if (Math.abs(det) < 1e-9) return -1;
  const s = p.map((v, i) => v - a[i]), u = dot(s, h) / det;
  if (u < 0 || u > 1) return -1;
  const q = cross(s, e), v = dot(d, q) / det;
  return v < 0 || u + v > 1 ? -1 : dot(f, q) / det;
}

const cross = (a: readonly number[], b: readonly number[]) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const dot = (a: readonly number[], b: readonly number[]) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
