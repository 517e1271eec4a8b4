/**
 * Smooths displacements over a surface by repeated averaging over neighbours, in place. It removes spikes at single
 * vertices that were registered wrongly. The mean shape is not smoothed.
 *
 * @param offsets [n, 3]
 */
export function smoothOffsets(offsets: Float64Array, triangles: Uint32Array, rounds: number): void {
  const n = offsets.length / 3, neighbours = Array.from({ length: n }, () => new Set<number>());
  for (let t = 0; t < triangles.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const a = triangles[t + k], b = triangles[t + (k + 1) % 3];
      neighbours[a].add(b), neighbours[b].add(a);
    }
  }
  for (let round = 0; round < rounds; round++) {
    const before = offsets.slice();
    for (let i = 0; i < n; i++) {
      const near = neighbours[i];
      if (near.size === 0) continue;
      for (let axis = 0; axis < 3; axis++) {
        let sum = 0;
        for (const k of near) sum += before[3 * k + axis];
        offsets[3 * i + axis] = 0.4 * before[3 * i + axis] + 0.6 * sum / near.size;
      }
    }
  }
}
