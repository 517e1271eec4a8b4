/** One view of a window: plain, mirrored, or with another tone curve. */
export interface FilmView {
  /** Left and right swapped; the network's output is swapped back. @default {false} */
  readonly mirror?: boolean;
  /** Exponent applied to values from 0 to 1. @default {1} */
  readonly gamma?: number;
  /** Values replaced by their ranks (histogram equalisation). @default {false} */
  readonly equalise?: boolean;
}

/** The plain window. */
export const PLAIN_VIEW: FilmView = {};
/** The window with left and right swapped. */
export const MIRRORED_VIEW: FilmView = { mirror: true };

/** Number of histogram bins, and of linear pieces of a tone curve, for values from 0 to 1. */
const LEVELS = 256;

/**
 * Applies a view's tone curve to values from 0 to 1, in place. Pixels for which `known(i)` is false, such as those
 * outside the film, are unchanged and are not counted in the histogram.
 */
export function applyTone(values: Float32Array, known: (i: number) => boolean, view: FilmView): void {
  const { gamma = 1, equalise = false } = view;
  if (gamma === 1 && !equalise) return;
  const curve = Float32Array.from({ length: LEVELS + 1 }, (_, level) => (level / LEVELS) ** gamma);
  if (equalise) {
    curve.fill(0);
    let count = 0;
    for (let i = 0; i < values.length; i++) {
      if (!known(i)) continue;
      curve[Math.min(LEVELS - 1, Math.floor(values[i] * LEVELS)) + 1]++;
      count++;
    }
    for (let level = 1; level <= LEVELS; level++) {
      curve[level] = curve[level - 1] + curve[level] / Math.max(1, count);
    }
  }
  for (let i = 0; i < values.length; i++) {
    if (!known(i)) continue;
    const at = values[i] * LEVELS, level = Math.min(LEVELS - 1, Math.floor(at));
    values[i] = curve[level] + (at - level) * (curve[level + 1] - curve[level]);
  }
}
