/**
 * Signed distance in mm from a point to the surface of a solid, negative inside. Accurate enough for meshing, not
 * always exact.
 */
export type Solid = (x: number, y: number, z: number) => number;

/** A point of a chain: [x, y, z, radius], mm. */
export type Node = readonly [number, number, number, number];

/** Rounded cones along a polyline. */
export function chain(nodes: readonly Node[]): Solid {
  const n = nodes.length - 1;
  const p = new Float64Array(n * 9); // per link: a(3), ab(3), 1/|ab|^2, ra, rb - ra
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

/** An ellipsoid with its axes along x, y, z (first-order distance). */
export function ellipsoid(center: readonly number[], radii: readonly number[]): Solid {
  const [cx, cy, cz] = center, [a, b, c] = radii;
  return (x, y, z) => {
    const u = (x - cx) / a, v = (y - cy) / b, w = (z - cz) / c;
    const k0 = Math.sqrt(u * u + v * v + w * w);
    const k1 = Math.sqrt(u * u / (a * a) + v * v / (b * b) + w * w / (c * c));
    return k1 < 1e-9 ? -Math.min(a, b, c) : k0 * (k0 - 1) / k1;
  };
}

/** A closed smooth curve through the points (Catmull and Rom), with `steps` points per span. */
export function closedCurve(points: readonly (readonly [number, number])[], steps = 5): [number, number][] {
  const n = points.length, out: [number, number][] = [];
  for (let i = 0; i < n; i++) {
    const [a, b, c, d] = [-1, 0, 1, 2].map((k) => points[(i + k + n) % n]);
    for (let q = 0; q < steps; q++) {
      const t = q / steps;
      const at = (k: 0 | 1) =>
        0.5 * (2 * b[k] + (c[k] - a[k]) * t + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t +
          (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t * t * t);
      out.push([at(0), at(1)]);
    }
  }
  return out;
}

/** Signed distance in the plane to a closed outline, interpolated from a 2 mm grid over `box` ([x0, y0, x1, y1]). */
export function outlineDistance(
  outline: readonly (readonly [number, number])[],
  [x0, y0, x1, y1]: readonly number[],
): (x: number, y: number) => number {
  const step = 2, w = Math.ceil((x1 - x0) / step) + 2, h = Math.ceil((y1 - y0) / step) + 2;
  const grid = new Float32Array(w * h);
  for (let j = 0; j < h; j++) {
    for (let i = 0; i < w; i++) grid[j * w + i] = polygonDistance(outline, x0 + i * step, y0 + j * step);
  }
  return (x, y) => {
    const u = Math.max(0, Math.min(w - 1.001, (x - x0) / step)),
      v = Math.max(0, Math.min(h - 1.001, (y - y0) / step));
    const i = u | 0, j = v | 0, fu = u - i, k = j * w + i;
    const top = grid[k] + (grid[k + 1] - grid[k]) * fu,
      low = grid[k + w] + (grid[k + w + 1] - grid[k + w]) * fu;
    return top + (low - top) * (v - j);
  };
}

function polygonDistance(outline: readonly (readonly [number, number])[], x: number, y: number): number {
  const n = outline.length;
  let best = 1e18, inside = false;
  for (let i = 0, j = n - 1; i < n; j = i++) {
    const ax = outline[j][0], ay = outline[j][1], dx = outline[i][0] - ax, dy = outline[i][1] - ay;
    const px = x - ax, py = y - ay;
    let t = (px * dx + py * dy) / (dx * dx + dy * dy);
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const ex = px - t * dx, ey = py - t * dy, d = ex * ex + ey * ey;
    if (d < best) best = d;
    if ((ay > y) !== (ay + dy > y) && x < ax + (y - ay) * dx / dy) inside = !inside;
  }
  return inside ? -Math.sqrt(best) : Math.sqrt(best);
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
