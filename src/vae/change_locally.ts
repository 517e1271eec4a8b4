import type { Prng } from "../array/seeded_prng.ts";
import { smoothField } from "./smooth_field.ts";
import type { LocalChanges } from "./vae_settings.ts";

/** Knots per side of the random fields of deformation, ridge and texture. */
const BEND_KNOTS = 6, RIDGE_KNOTS = 4, TEXTURE_KNOTS = 12;
/** Probabilities of deformation, change of density, ridge and texture. */
const BENT = 0.6, DENSER = 0.5, RIDGED = 0.5, TEXTURED = 0.5;
/** Width (standard deviation) of the ridge, as a share of half the crop's side. */
const RIDGE_WIDTH = 0.05;

/**
 * Changes a crop in place within one soft round region. Its centre is at most 0.6 of half the side from the crop's
 * centre in each direction, and its radius 0.12 to 0.47 of half the side. Each of four changes occurs with its own
 * probability: smooth deformation, change of density, an interrupted ridge along the rim, and coarse texture. None of
 * them imitates a disease. The decoder must reproduce the result, so the latent space can represent changes that
 * healthy heads do not show, and a head with such changes is far from the healthy ones.
 *
 * Related methods: synthetic anomalies for outlier exposure (Hendrycks et al. 2019, arXiv:1812.04606; Tan et al. 2020,
 * arXiv:2011.04197). Here they extend the latent space and are not a class to be discriminated.
 *
 * @param pixels Values from 0 to 1 after `localContrast`, [sizePx, sizePx].
 */
export function changeLocally(
  pixels: Float32Array,
  { sizePx, changes, prng }: { sizePx: number; changes: LocalChanges; prng: Prng },
): void {
  const blob = drawBlob(sizePx, prng);
  if (prng() < BENT) bend(pixels, blob.soft, { sizePx, amount: changes.bend, prng });
  if (prng() < DENSER) add(pixels, blob.soft, (2 * prng() - 1) * changes.density);
  if (prng() < RIDGED) {
    const along = smoothField(sizePx, RIDGE_KNOTS, prng), amount = (2 * prng() - 1) * changes.ridge;
    for (let i = 0; i < pixels.length; i++) pixels[i] += amount * blob.rim[i] * Math.max(0, along[i] + 0.5);
  }
  if (prng() < TEXTURED) {
    const texture = smoothField(sizePx, TEXTURE_KNOTS, prng);
    for (let i = 0; i < pixels.length; i++) pixels[i] += changes.texture * blob.soft[i] * texture[i];
  }
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.min(1, Math.max(0, pixels[i]));
}

/** A soft region (1 inside, falling to 0) and a ridge that is 1 along its rim, each [sizePx, sizePx]. */
function drawBlob(sizePx: number, prng: Prng): { soft: Float32Array; rim: Float32Array } {
  const x0 = 1.2 * prng() - 0.6, y0 = 1.2 * prng() - 0.6;
  const radius = 0.12 + 0.35 * prng(), edge = 0.03 + 0.07 * prng();
  const soft = new Float32Array(sizePx * sizePx), rim = new Float32Array(sizePx * sizePx);
  const half = (sizePx - 1) / 2;
  for (let row = 0, at = 0; row < sizePx; row++) {
    for (let column = 0; column < sizePx; column++, at++) {
      const away = Math.hypot(column / half - 1 - x0, row / half - 1 - y0) - radius;
      soft[at] = 1 / (1 + Math.exp(away / edge));
      rim[at] = Math.exp(-((away / RIDGE_WIDTH) ** 2) / 2);
    }
  }
  return { soft, rim };
}

function add(pixels: Float32Array, where: Float32Array, amount: number): void {
  for (let i = 0; i < pixels.length; i++) pixels[i] += amount * where[i];
}

/** Displaces pixels within the region by a smooth random field; linear interpolation, border pixels repeated. */
function bend(
  pixels: Float32Array,
  soft: Float32Array,
  { sizePx, amount, prng }: { sizePx: number; amount: number; prng: Prng },
): void {
  const right = smoothField(sizePx, BEND_KNOTS, prng), down = smoothField(sizePx, BEND_KNOTS, prng);
  const from = pixels.slice(), last = sizePx - 1, farthest = amount * sizePx;
  for (let row = 0, at = 0; row < sizePx; row++) {
    for (let column = 0; column < sizePx; column++, at++) {
      const x = Math.min(last, Math.max(0, column + farthest * soft[at] * right[at]));
      const y = Math.min(last, Math.max(0, row + farthest * soft[at] * down[at]));
      const x0 = Math.min(last - 1, Math.floor(x)), y0 = Math.min(last - 1, Math.floor(y));
      const fx = x - x0, fy = y - y0, corner = y0 * sizePx + x0;
      const upper = from[corner] + fx * (from[corner + 1] - from[corner]);
      const lower = from[corner + sizePx] + fx * (from[corner + sizePx + 1] - from[corner + sizePx]);
      pixels[at] = upper + fy * (lower - upper);
    }
  }
}
