import { seededPrng } from "../../array/seeded_prng.ts";
import type { Camera } from "./camera.ts";
import type { Sheet } from "../sheet/path_length.ts";

/** Side of a texture tile in samples (a power of two), and the distance between samples in mm. */
const TILE = 512, TILE_MM = 0.22;
let streaks: Float32Array | undefined, grain: Float32Array | undefined;

/** Box mean that wraps around at the edges, so that the tile repeats without visible seams. */
function wrappedMean(from: Float32Array, stepX: number, stepY: number, radius: number): Float32Array {
  const to = new Float32Array(TILE * TILE), top = TILE - 1;
  for (let y = 0; y < TILE; y++) {
    for (let x = 0; x < TILE; x++) {
      let sum = 0;
      for (let r = -radius; r <= radius; r++) {
        sum += from[((y + r * stepY) & top) * TILE + ((x + r * stepX) & top)];
      }
      to[y * TILE + x] = sum / (2 * radius + 1);
    }
  }
  return to;
}

function whiteTile(seed: number): Float32Array {
  const prng = seededPrng(seed);
  return Float32Array.from({ length: TILE * TILE }, () => prng.normal());
}

/** A tile of short streaks along its columns, approximately standard normal, with brighter patches. */
function streakTile(): Float32Array {
  if (streaks) return streaks;
  let fine = whiteTile(4242), patches = whiteTile(4244);
  for (const radius of [9, 7]) fine = wrappedMean(fine, 0, 1, radius);
  fine = standard(wrappedMean(fine, 1, 0, 1));
  for (const radius of [9, 9]) patches = wrappedMean(wrappedMean(patches, 1, 0, radius), 0, 1, radius);
  patches = standard(patches);
  for (let i = 0; i < fine.length; i++) fine[i] *= Math.max(0, 0.8 + 0.5 * patches[i]);
  return streaks = standard(fine);
}

/** A tile of isotropic grain: a sum of several scales, because trabeculae overlap in projection. */
function grainTile(): Float32Array {
  if (grain) return grain;
  const sum = new Float32Array(TILE * TILE);
  [[1, 1], [2, 0.9], [6, 0.55], [16, 0.45]].forEach(([radius, weight], i) => {
    let layer = whiteTile(4300 + i);
    for (let pass = 0; pass < 2; pass++) layer = wrappedMean(wrappedMean(layer, 1, 0, radius), 0, 1, radius);
    standard(layer);
    for (let k = 0; k < sum.length; k++) sum[k] += weight * layer[k];
  });
  return grain = standard(sum);
}

/**
 * The grain at a position in mm, for anything that needs a mottled texture. It is interpolated between samples, so that
 * a texture that is enlarged shows no grid.
 */
export function grainAt(xMm: number, yMm: number): number {
  const x = xMm / TILE_MM,
    y = yMm / TILE_MM,
    x0 = Math.floor(x),
    y0 = Math.floor(y),
    fx = x - x0,
    fy = y - y0;
  const tile = grainTile(), last = TILE - 1;
  const at = (i: number, j: number) => tile[((y0 + j) & last) * TILE + ((x0 + i) & last)];
  const top = at(0, 0) + (at(1, 0) - at(0, 0)) * fx, low = at(0, 1) + (at(1, 1) - at(0, 1)) * fx;
  return top + (low - top) * fy;
}

/** Subtracts the mean and scales to standard deviation 1, in place. */
function standard(v: Float32Array): Float32Array {
  let mean = 0, square = 0;
  for (const x of v) mean += x, square += x * x;
  mean /= v.length;
  const scale = 1 / Math.sqrt(square / v.length - mean * mean);
  for (let i = 0; i < v.length; i++) v[i] = (v[i] - mean) * scale;
  return v;
}

/**
 * Adds marrow-space attenuation with grain: `film += density * spongy * (1 + amount * grain)`. The amount is reduced if
 * pixels are too coarse to show the grain; `shift` selects another part of the texture.
 */
export function addSpongy(film: Sheet, spongy: Sheet, { camera, density, amount, shift }: {
  camera: Camera;
  density: number;
  amount: number;
  shift: number;
}): void {
  const tile = grainTile(), k = 1 / camera.scale / TILE_MM, w = film.widthPx;
  const fade = amount * Math.min(1, 0.35 + 0.6 * TILE_MM * camera.scale);
  for (let y = 0, i = 0; y < film.heightPx; y++) {
    const row = (((y * k + shift) | 0) & (TILE - 1)) * TILE;
    for (let x = 0; x < w; x++, i++) {
      const t = spongy.values[i];
      if (t > 0.01) {
        film.values[i] += density * t * (1 + fade * tile[row + (((x * k + shift * 1.7) | 0) & (TILE - 1))]);
      }
    }
  }
}

/** Fast approximation of exp(-x^2), accurate enough for trabeculae. */
function bell(x: number): number {
  const s = x * x;
  return 1 / (1 + s * (1 + s * (0.5 + s * (0.1667 + 0.0417 * s))));
}

/**
 * Adds the two trabecular groups of the proximal femur. The compressive group fans from the calcar to the top of the
 * head; the tensile group arcs from the lateral cortex through the neck into the lower head. (Singh's index grades
 * their loss: J Bone Joint Surg 1970 52-A:457.)
 */
export function addGroups(
  film: Sheet,
  spongy: Sheet,
  { camera, center, axis, lateral, radiusMm, density, dense, bundles, amount, shift }: {
    camera: Camera;
    /** Additional density of the head's marrow space, as a share of `density`. */
    dense: number;
    /** Additional density of the trabecular bundles, as a share of `density`. */
    bundles: number;
    center: readonly [number, number];
    /** Unit vectors on the film: along the shaft (distal), and perpendicular to it (lateral). */
    axis: readonly [number, number];
    lateral: readonly [number, number];
    radiusMm: number;
    density: number;
    amount: number;
    shift: number;
  },
): void {
  const tile = streakTile(), mm = 1 / camera.scale, w = film.widthPx, h = film.heightPx;
  const reach = 13 * radiusMm / mm;
  const x0 = Math.max(0, Math.floor(center[0] - reach)), x1 = Math.min(w - 1, Math.ceil(center[0] + reach));
  const y0 = Math.max(0, Math.floor(center[1] - reach)), y1 = Math.min(h - 1, Math.ceil(center[1] + reach));
  const fade = 1.3 * amount * Math.min(1, 0.15 + 0.6 * TILE_MM * camera.scale), R = radiusMm;
  const at = (u: number, v: number) =>
    tile[(((v / TILE_MM + shift) | 0) & (TILE - 1)) * TILE + (((u / TILE_MM + shift) | 0) & (TILE - 1))];
  for (let y = y0; y <= y1; y++) {
    for (let x = x0, i = y * w + x0; x <= x1; x++, i++) {
      const t = spongy.values[i];
      if (t < 0.5) continue;
      const px = (x - center[0]) * mm, py = (y - center[1]) * mm;
      // Lateral and distal position in head radii.
      const a = (px * lateral[0] + py * lateral[1]) / R, b = (px * axis[0] + py * axis[1]) / R;
      if (b > 1.8 && a > -0.6 && a < 3.8) { // below the trochanters the canal contains fat, not trabecular bone
        const fat = b > 4.4 ? 1 : (b - 1.8) / 2.6;
        film.values[i] -= 0.9 * fat * fat * (3 - 2 * fat) * density * t;
      }
      if (a * a + b * b > 21) continue;
      // Compressive group: rays from a point far below the calcar.
      const ca = a - 0.9, cb = b - 4.4, spread = ca / cb;
      const main = bell((spread - 0.17) / 0.13) * (b < 1.7 ? 1 : bell((b - 1.7) / 0.6));
      const p = at(spread * 4.4 * R, b * R);
      // Tensile group: circles around a medial point below the head.
      const ta = a + 0.1, tb = b - 1.9, ring = Math.sqrt(ta * ta + tb * tb);
      const arch = b < 2.6 ? bell((ring - 2.25) / 0.45) : 0;
      const q = arch > 0.05 ? at(ring * R, Math.atan2(ta, -tb) * 2.2 * R) : 0;
      const away = Math.sqrt(a * a + b * b),
        round = away < 0.8 ? 1 : away > 1.5 ? 0 : bell((away - 0.8) / 0.32);
      film.values[i] += density * t *
        (dense * round + bundles * (main + 0.35 * arch) +
          fade * ((0.35 + main) * p + (0.2 + arch) * q * 0.45));
    }
  }
}
