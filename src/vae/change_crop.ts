import type { Prng } from "../array/seeded_prng.ts";
import { jpegBlocks } from "../image/jpeg_blocks.ts";
import { changeLocally } from "./change_locally.ts";
import type { CropChanges, LocalChanges } from "./vae_settings.ts";

/** Buffers for the two versions of an augmented crop, each [sizePx * sizePx]. */
export interface ChangedCrop {
  /** Target of the decoder. */
  readonly target: Float32Array;
  /** Input of the encoder: the target with blur, noise and, in a share of the crops, compression. */
  readonly input: Float32Array;
}

/**
 * Augments a crop after `localContrast`: random shift, rotation, scale and contrast (about mid-grey); a share of the
 * crops is then changed locally (see `changeLocally`). All this changes input and target alike. Only the encoder's
 * input is blurred, noisy or compressed, so that the latent vector represents anatomy and not film grain. Beyond the
 * border the nearest pixel is repeated.
 *
 * @param pixels Values from 0 to 1, [sizePx, sizePx].
 */
export function changeCrop(
  pixels: ArrayLike<number>,
  { sizePx, changes, localChanges, prng, into }: {
    sizePx: number;
    changes: CropChanges;
    localChanges?: LocalChanges;
    prng: Prng;
    into: ChangedCrop;
  },
): void {
  const spread = () => 2 * prng() - 1; // uniform in [-1, 1)
  move(pixels, into.target, {
    sizePx,
    shiftX: spread() * changes.shift * sizePx,
    shiftY: spread() * changes.shift * sizePx,
    scale: 1 + spread() * changes.scale,
    turn: spread() * changes.turnDegrees * Math.PI / 180,
  });
  const gain = 1 + spread() * changes.contrast;
  for (let i = 0; i < into.target.length; i++) {
    into.target[i] = Math.min(1, Math.max(0, (into.target[i] - 0.5) * gain + 0.5));
  }
  if (localChanges && prng() < localChanges.share) {
    changeLocally(into.target, { sizePx, changes: localChanges, prng });
  }
  blur(into.target, into.input, { sizePx, sigmaPx: prng() * changes.blurPx });
  const noise = prng() * changes.noise;
  for (let i = 0; i < into.input.length; i++) into.input[i] += noise * spread() * Math.sqrt(3); // sd `noise`
  if (prng() < changes.compressed) {
    jpegBlocks(into.input, { widthPx: sizePx, heightPx: sizePx, quality: 50 + prng.integer(46) });
  }
}

/** Shifts, rotates and scales the crop, with linear interpolation. */
function move(
  from: ArrayLike<number>,
  to: Float32Array,
  { sizePx, shiftX, shiftY, scale, turn }: {
    sizePx: number;
    shiftX: number;
    shiftY: number;
    scale: number;
    turn: number;
  },
): void {
  const middle = (sizePx - 1) / 2, last = sizePx - 1;
  const cos = Math.cos(turn) / scale, sin = Math.sin(turn) / scale;
  for (let row = 0, at = 0; row < sizePx; row++) {
    for (let column = 0; column < sizePx; column++, at++) {
      const dx = column - middle - shiftX, dy = row - middle - shiftY;
      const x = Math.min(last, Math.max(0, middle + cos * dx + sin * dy));
      const y = Math.min(last, Math.max(0, middle - sin * dx + cos * dy));
      const x0 = Math.min(last - 1, Math.floor(x)), y0 = Math.min(last - 1, Math.floor(y));
      const fx = x - x0, fy = y - y0, corner = y0 * sizePx + x0;
      const upper = from[corner] + fx * (from[corner + 1] - from[corner]);
      const lower = from[corner + sizePx] + fx * (from[corner + sizePx + 1] - from[corner + sizePx]);
      to[at] = upper + fy * (lower - upper);
    }
  }
}

/** Separable three-tap blur with variance sigma^2, at most 0.5 square pixels. */
function blur(
  from: Float32Array,
  to: Float32Array,
  { sizePx, sigmaPx }: { sizePx: number; sigmaPx: number },
): void {
  const side = Math.min(0.25, sigmaPx * sigmaPx / 2), centre = 1 - 2 * side;
  const rows = new Float32Array(from.length);
  for (let y = 0, at = 0; y < sizePx; y++) {
    for (let x = 0; x < sizePx; x++, at++) {
      const left = from[x > 0 ? at - 1 : at], right = from[x < sizePx - 1 ? at + 1 : at];
      rows[at] = centre * from[at] + side * (left + right);
    }
  }
  for (let y = 0, at = 0; y < sizePx; y++) {
    for (let x = 0; x < sizePx; x++, at++) {
      const above = rows[y > 0 ? at - sizePx : at], below = rows[y < sizePx - 1 ? at + sizePx : at];
      to[at] = centre * rows[at] + side * (above + below);
    }
  }
}
