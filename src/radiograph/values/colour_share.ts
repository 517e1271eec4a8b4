/** Of an image with more pixels than this, at least this many are examined, and fewer than twice as many. */
const EXAMINED = 40_000;
/** Pixels above this share of the brightest value are used to estimate the tint; darker ones are too noisy. */
const BRIGHT_SHARE = 0.25;
/** A pixel counts as coloured if its distance from the tint exceeds this share of the brightest value. */
export const OWN_COLOUR = 0.08;

/**
 * Share of pixels whose colour differs from the image's overall tint. It is 0 for a grey film, and also for one that
 * is blue or amber throughout: a tinted film or filter shifts colour in proportion to brightness. In photographs,
 * presentation slides and rainbow colour maps it is large.
 *
 * @param luminance of every pixel
 * @param chroma functions of a pixel's index that return its blue and its red difference from luminance, in the units
 * of `luminance`; both are 0 for a grey pixel
 */
export function colourShare(
  luminance: ArrayLike<number>,
  chroma: readonly [(i: number) => number, (i: number) => number],
): number {
  const step = Math.max(1, Math.floor(luminance.length / EXAMINED)), examined: number[] = [];
  let high = 0;
  for (let i = 0; i < luminance.length; i += step) {
    examined.push(i);
    high = Math.max(high, luminance[i]);
  }
  const bright = examined.filter((i) => luminance[i] > BRIGHT_SHARE * high);
  const [blue, red] = chroma.map((of) => upperMedian(bright.map((i) => of(i) / luminance[i])));
  let coloured = 0;
  for (const i of examined) {
    const fromTint = Math.hypot(chroma[0](i) - blue * luminance[i], chroma[1](i) - red * luminance[i]);
    if (fromTint > OWN_COLOUR * high) coloured++;
  }
  return coloured / examined.length;
}

function upperMedian(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? 0;
}
