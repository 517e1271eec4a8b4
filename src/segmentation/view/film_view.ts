/** One way of looking at a window: as it is, mirrored, or with another curve of grey values. */
export interface FilmView {
  /** Left and right swapped; what the network says is swapped back. @default {false} */
  readonly mirror?: boolean;
  /** Power that values from 0 to 1 are raised to. @default {1} */
  readonly gamma?: number;
  /** Values replaced by their ranks. @default {false} */
  readonly equalise?: boolean;
}

/** The window as it is. */
export const PLAIN_VIEW: FilmView = {};
/** The window with left and right swapped. */
export const MIRRORED_VIEW: FilmView = { mirror: true };

/** Levels that values from 0 to 1 are counted in. */
const LEVELS = 256;

/** Changes the curve of values from 0 to 1 in place; pixels that are not known are left out of the count. */
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
