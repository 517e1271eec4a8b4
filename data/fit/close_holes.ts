/** Triangles that close a surface. Each new vertex is the mean of a loop of existing vertices. */
export interface Closing {
  readonly triangles: Uint32Array; // [m, 3], those of the surface, then the new ones
  /** New vertex number `vertices + i` is the mean of the vertices of loop `i`. */
  readonly loops: readonly (readonly number[])[];
}

/**
 * Closes every hole of a surface with a fan of triangles around the mean of its rim, because open surfaces leave
 * streaks when path lengths are summed. The new vertices are means of old ones, so one closing serves all shapes with
 * the same triangles.
 */
export function closeHoles(triangles: Uint32Array, vertices: number): Closing {
  // A half-edge without an opposite one belongs to a rim. Following the rim backwards makes the fan face outwards.
  const open = new Map<number, number[]>();
  const seen = new Map<number, number>();
  const key = (a: number, b: number) => a * 65536 + b;
  for (let t = 0; t < triangles.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const edge = key(triangles[t + k], triangles[t + (k + 1) % 3]);
      seen.set(edge, (seen.get(edge) ?? 0) + 1);
    }
  }
  for (const [edge, count] of seen) {
    const a = Math.floor(edge / 65536), b = edge % 65536;
    for (let i = seen.get(key(b, a)) ?? 0; i < count; i++) {
      const list = open.get(b) ?? [];
      list.push(a);
      open.set(b, list);
    }
  }
  const loops: number[][] = [], added: number[] = [];
  for (const start of [...open.keys()]) {
    while (open.get(start)?.length) {
      const loop: number[] = [];
      let at = start;
      for (;;) {
        const next = open.get(at)?.pop();
        if (next === undefined) break;
        loop.push(at);
        at = next;
        if (at === start) break;
      }
      if (loop.length < 2) continue;
      const center = vertices + loops.length;
      loop.forEach((a, i) => added.push(a, loop[(i + 1) % loop.length], center));
      loops.push(loop);
    }
  }
  return { triangles: Uint32Array.from([...triangles, ...added]), loops };
}

/** The positions, followed by the new vertices of a closing. */
export function closePositions(positions: Float32Array, { loops }: Closing): Float32Array {
  const out = new Float32Array(positions.length + 3 * loops.length);
  out.set(positions);
  loops.forEach((loop, i) => {
    for (let axis = 0; axis < 3; axis++) {
      let sum = 0;
      for (const v of loop) sum += positions[3 * v + axis];
      out[positions.length + 3 * i + axis] = sum / loop.length;
    }
  });
  return out;
}
