import type { RawMesh } from "./read_meshes.ts";

/**
 * Coarsens a surface: all vertices in a grid cell are merged into their mean, and the remaining triangles keep their
 * orientation. A closed surface remains closed: every edge is used equally often in both directions.
 */
export function clusterVertices({ name, positions, triangles }: RawMesh, cellMm: number): RawMesh {
  const cells = new Map<string, number>(), sums: number[][] = [];
  const cellOf = Int32Array.from({ length: positions.length / 3 }, (_, i) => {
    const key = [0, 1, 2].map((k) => Math.floor(positions[3 * i + k] / cellMm)).join(" ");
    const cell = cells.get(key) ?? cells.size;
    cells.set(key, cell);
    const sum = sums[cell] ??= [0, 0, 0, 0];
    for (let k = 0; k < 3; k++) sum[k] += positions[3 * i + k];
    sum[3]++;
    return cell;
  });
  const kept: number[] = [], seen = new Map<string, number>();
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => cellOf[triangles[t + k]]);
    if (a === b || b === c || c === a) continue;
    // Two copies of a triangle with opposite orientation cancel.
    const first = Math.min(a, b, c), turned = first === a ? [a, b, c] : first === b ? [b, c, a] : [c, a, b];
    const back = [turned[0], turned[2], turned[1]].join(" ");
    const at = seen.get(back);
    if (at !== undefined) {
      kept.splice(at, 3, -1, -1, -1), seen.delete(back);
      continue;
    }
    seen.set(turned.join(" "), kept.length);
    kept.push(...turned);
  }
  return {
    name,
    positions: Float32Array.from(sums.flatMap(([x, y, z, n]) => [x / n, y / n, z / n])),
    triangles: Uint32Array.from(kept.filter((v) => v >= 0)),
  };
}
