import { boxBlur } from "../image/box_blur.ts";

/**
 * Radius of the box filter relative to the crop's side: about 0.3 head radii with the default crop, which is wider than
 * the edge of a lesion.
 */
const NEIGHBOURHOOD = 0.11;
/** Added to the local standard deviation so that flat regions are not amplified, in grey values from 0 to 1. */
const FLAT = 0.03;
/** Grey values per local standard deviation. */
const SCALE = 0.18;

/**
 * Local contrast normalisation of a crop: (value - local mean) / (local standard deviation + a constant), scaled and
 * centred on mid-grey. This reduces the influence of exposure, display processing and soft tissue on the latent vector;
 * bone contours and texture remain. The local mean is a box filter applied twice (a triangular kernel).
 *
 * After Pinto, Cox and DiCarlo 2008 (PLoS Comput Biol 4:e27), with box filters instead of Gaussian ones.
 *
 * @param pixels Values from 0 to 1, [sizePx, sizePx].
 * @returns Values from 0 to 1, 0.5 where a pixel equals its local mean, [sizePx, sizePx].
 */
export function localContrast(pixels: Float32Array, sizePx: number): Float32Array {
  const local = (values: Float32Array) => {
    const image = { kind: "grey-image", widthPx: sizePx, heightPx: sizePx, pixels: values } as const;
    const radiusPx = Math.max(1, Math.round(NEIGHBOURHOOD * sizePx));
    return boxBlur(boxBlur(image, { radiusPx }), { radiusPx }).pixels;
  };
  const mean = local(pixels), area = pixels.length;
  const difference = new Float32Array(area), squares = new Float32Array(area);
  for (let i = 0; i < area; i++) {
    difference[i] = pixels[i] - mean[i];
    squares[i] = difference[i] * difference[i];
  }
  const variance = local(squares), level = new Float32Array(area);
  for (let i = 0; i < area; i++) {
    const value = 0.5 + SCALE * difference[i] / (Math.sqrt(Math.max(0, variance[i])) + FLAT);
    level[i] = Math.min(1, Math.max(0, value));
  }
  return level;
}
