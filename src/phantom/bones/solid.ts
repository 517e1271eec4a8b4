/**
 * Signed distance in mm from a point to the surface of a solid, negative inside. Accurate enough for meshing, not
 * always exact.
 */
export type Solid = (x: number, y: number, z: number) => number;

/** A point of a chain: [x, y, z, radius], mm. */
export type Node = readonly [number, number, number, number];

/** The union of rounded cones along a polyline. */
export function chain(nodes: readonly Node[]): Solid {
  const n = nodes.length - 1;
  const p = new Float64Array(n * 9); // per segment: a(3), ab(3), 1/|ab|^2, ra, rb - ra
  for (let i = 0; i < n; i++) {
    const a = nodes[i], b = nodes[i + 1];
    const dx = b[0] - a[0], dy = b[1] - a[1], dz = b[2] - a[2];
    p.set([a[0], a[1], a[2], dx, dy, dz, 1 / (dx * dx + dy * dy + dz * dz + 1e-9), a[3], b[3] - a[3]], i * 9);
  }
  return (x, y, z) => {
    let best = 1e9;
    for (let k = 0; k < p.length; k += 9) {
      const px = x - p[k], py = y - p[k + 1], pz = z - p[k + 2];
      let t = (px * p[k + 3] + py * p[k + 4] + pz * p[k + 5]) * p[k + 6];
      t = t < 0 ? 0 : t > 1 ? 1 : t;
      const ex = px - t * p[k + 3], ey = py - t * p[k + 4], ez = pz - t * p[k + 5];
      const d = Math.sqrt(ex * ex + ey * ey + ez * ez) - p[k + 7] - t * p[k + 8];
      if (d < best) best = d;
    }
    return best;
  };
}

/** A sphere. */
export function ball(cx: number, cy: number, cz: number, r: number): Solid {
  return (x, y, z) => Math.hypot(x - cx, y - cy, z - cz) - r;
}

/** Union with a fillet about `blendMm` wide. */
export function smoothUnion(blendMm: number, solids: readonly Solid[]): Solid {
  return (x, y, z) => {
    let d = solids[0](x, y, z);
    for (let i = 1; i < solids.length; i++) {
      const e = solids[i](x, y, z), gap = Math.abs(d - e);
      const h = gap < blendMm ? (blendMm - gap) / blendMm : 0;
      d = (d < e ? d : e) - h * h * blendMm / 4;
    }
    return d;
  };
}

/** Subtracts `tool` from `solid`, with the edge rounded over about `blendMm`. */
export function cut(solid: Solid, tool: Solid, blendMm = 1): Solid {
  return (x, y, z) => {
    const d = solid(x, y, z), e = -tool(x, y, z), gap = Math.abs(d - e);
    const h = gap < blendMm ? (blendMm - gap) / blendMm : 0;
    return (d > e ? d : e) + h * h * blendMm / 4;
  };
}
