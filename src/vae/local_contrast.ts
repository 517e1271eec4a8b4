import { boxBlur } from "../image/box_blur.ts";

/** Radius of the neighbourhood as a share of the crop's side: a quarter of a head, wider than a lesion's edge. */
const NEIGHBOURHOOD = 0.11;
/** Spread below which a neighbourhood counts as flat, in grey values from 0 to 1. */
const FLAT = 0.03;
/** Grey values for one local standard deviation. */
const SCALE = 0.18;

/**
 * A crop with its surroundings taken off, pixel by pixel: (value - local mean) / (local spread + a floor), laid round mid-grey.
 * Exposure, display processing and soft tissue then matter little to the code; bone contours and texture stay. The
 * neighbourhood is two box means, that is, a triangle.
 *
 * After Pinto, Cox and DiCarlo 2008 (PLoS Comput Biol 4:e27), with box means in place of theirs.
 *
 * @param pixels Values from 0 to 1, [sizePx, sizePx].
 * @returns Values from 0 to 1, 0.5 where a pixel equals its surroundings, [sizePx, sizePx].
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
