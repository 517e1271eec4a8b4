import { orderStatistics } from "../../array/order_statistics.ts";
import { reused } from "../../array/reused.ts";
import { boxBlur } from "../../image/box_blur.ts";
import { applyTone, type FilmView, PLAIN_VIEW } from "./film_view.ts";

const someValues = reused(Float32Array);

/**
 * The two input channels of the network, normalised so that exposure, bit depth and display processing have little
 * effect: values scaled so that the 1st and 99th percentiles (of every third pixel) become 0 and 1, clipped; and these
 * values standardised in a moving window of an eighth of the side (0.02 is added to its standard deviation; clipped at
 * -3 and 3, divided by 3). Pixels outside the film are NaN on input and 0 in both channels.
 *
 * @param window grey values of a square window, [sizePx, sizePx]
 * @param options.view view whose tone curve is applied to the scaled values before they are standardised; plain by
 * default
 * @returns [2, sizePx, sizePx]
 */
export function normaliseFilm(
  window: Float32Array,
  sizePx: number,
  { view = PLAIN_VIEW }: { view?: FilmView } = {},
): Float32Array {
  const n = sizePx * sizePx;
  const samples = someValues(Math.ceil(n / 3));
  let count = 0;
  for (let i = 0; i < n; i += 3) if (window[i] === window[i]) samples[count++] = window[i];
  const out = new Float32Array(2 * n); // [2, sizePx, sizePx]
  if (count === 0) return out;
  const ranks = [0.01, 0.99].map((q) => Math.round(q * (count - 1)));
  const [low, high] = orderStatistics(samples.subarray(0, count), ranks);
  const scale = high > low ? 1 / (high - low) : 0;
  for (let i = 0; i < n; i++) {
    const value = (window[i] - low) * scale;
    out[i] = value === value ? Math.min(1, Math.max(0, value)) : 0;
  }
  applyTone(out.subarray(0, n), (i) => window[i] === window[i], view);
  const first = out.subarray(0, n), second = out.subarray(n);
  const local = (pixels: Float32Array) =>
    boxBlur({ kind: "grey-image", widthPx: sizePx, heightPx: sizePx, pixels }, { radiusPx: sizePx >> 4 })
      .pixels;
  const mean = local(first);
  for (let i = 0; i < n; i++) second[i] = first[i] * first[i];
  const square = local(second);
  for (let i = 0; i < n; i++) {
    const deviation = Math.sqrt(Math.max(0, square[i] - mean[i] * mean[i])) + 0.02;
    const z = (first[i] - mean[i]) / deviation;
    second[i] = window[i] === window[i] ? Math.min(3, Math.max(-3, z)) / 3 : 0;
  }
  return out;
}
