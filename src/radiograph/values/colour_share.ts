/** Pixels that are looked at. */
const MOST_PIXELS = 40_000;
/** Share of the brightest value from which on a pixel tells the tint; darker ones are noise. */
const TELLS_TINT = 0.25;
/** Distance from the tint, as a share of the brightest value, from which on a pixel has a colour of its own. */
export const OWN_COLOUR = 0.08;

/**
 * Share of pixels whose colour is not the picture's one tint. A grey film has none, nor has one that is blue or amber all over: light
 * through a tinted film or filter changes colour in proportion to its brightness. Faces, slides and rainbow scales have many.
 *
 * @param luminance of every pixel
 * @param chroma blue and red differences of a pixel, 0 where it is grey, in the units of `luminance`
 */
export function colourShare(
  luminance: ArrayLike<number>,
  chroma: readonly [(i: number) => number, (i: number) => number],
): number {
  const step = Math.max(1, Math.floor(luminance.length / MOST_PIXELS)), seen: number[] = [];
  let high = 0;
  for (let i = 0; i < luminance.length; i += step) {
    seen.push(i);
    high = Math.max(high, luminance[i]);
  }
  const bright = seen.filter((i) => luminance[i] > TELLS_TINT * high);
  const [blue, red] = chroma.map((of) => middle(bright.map((i) => of(i) / luminance[i])));
  let own = 0;
  for (const i of seen) {
    const fromTint = Math.hypot(chroma[0](i) - blue * luminance[i], chroma[1](i) - red * luminance[i]);
    if (fromTint > OWN_COLOUR * high) own++;
  }
  return own / seen.length;
}

function middle(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? 0;
}
