/** Side of a template, pixels. The box in which glyphs are drawn is stretched to this square. */
export const TEMPLATE_PX = 16;

/** A glyph prepared for comparison: mean 0, length 1. */
export interface LetterTemplate {
  /**
   * `L` and `R`; `LM` and `RM` are their mirror images; all others are glyphs that must not be mistaken for a side
   * marker.
   */
  readonly name: string;
  readonly pixels: Float64Array; // [TEMPLATE_PX, TEMPLATE_PX]
}

/** Strokes as points x, y in a box of width and height 1, y downwards. */
const STROKES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  L: [[0, 0, 0, 1, 1, 1]],
  R: [[0, 1, 0, 0, 0.7, 0, 1, 0.15, 1, 0.35, 0.7, 0.5, 0, 0.5], [0.5, 0.5, 1, 1]],
  A: [[0, 1, 0.5, 0, 1, 1], [0.25, 0.6, 0.75, 0.6]],
  B: [[0, 1, 0, 0, 0.8, 0, 1, 0.15, 1, 0.35, 0.8, 0.5, 1, 0.65, 1, 0.85, 0.8, 1, 0, 1], [0, 0.5, 0.8, 0.5]],
  C: [[1, 0.15, 0.75, 0, 0.25, 0, 0, 0.25, 0, 0.75, 0.25, 1, 0.75, 1, 1, 0.85]],
  D: [[0, 0, 0, 1, 0.6, 1, 1, 0.75, 1, 0.25, 0.6, 0, 0, 0]],
  E: [[1, 0, 0, 0, 0, 1, 1, 1], [0, 0.5, 0.75, 0.5]],
  F: [[1, 0, 0, 0, 0, 1], [0, 0.5, 0.75, 0.5]],
  H: [[0, 0, 0, 1], [1, 0, 1, 1], [0, 0.5, 1, 0.5]],
  I: [[0.5, 0, 0.5, 1]],
  J: [[1, 0, 1, 0.75, 0.7, 1, 0.3, 1, 0, 0.75]],
  K: [[0, 0, 0, 1], [1, 0, 0, 0.6], [0.3, 0.4, 1, 1]],
  M: [[0, 1, 0, 0, 0.5, 0.6, 1, 0, 1, 1]],
  N: [[0, 1, 0, 0, 1, 1, 1, 0]],
  O: [[0.25, 0, 0.75, 0, 1, 0.25, 1, 0.75, 0.75, 1, 0.25, 1, 0, 0.75, 0, 0.25, 0.25, 0]],
  P: [[0, 1, 0, 0, 0.75, 0, 1, 0.15, 1, 0.35, 0.75, 0.5, 0, 0.5]],
  S: [[1, 0.1, 0.7, 0, 0.2, 0, 0, 0.25, 0.2, 0.45, 0.8, 0.55, 1, 0.75, 0.8, 1, 0.3, 1, 0, 0.9]],
  T: [[0, 0, 1, 0], [0.5, 0, 0.5, 1]],
  U: [[0, 0, 0, 0.75, 0.3, 1, 0.7, 1, 1, 0.75, 1, 0]],
  V: [[0, 0, 0.5, 1, 1, 0]],
  X: [[0, 0, 1, 1], [1, 0, 0, 1]],
  "1": [[0, 0.25, 0.6, 0, 0.6, 1]],
  "2": [[0, 0.2, 0.25, 0, 0.75, 0, 1, 0.2, 1, 0.35, 0, 1, 1, 1]],
  "4": [[0.75, 1, 0.75, 0, 0, 0.7, 1, 0.7]],
  "5": [[1, 0, 0.1, 0, 0, 0.45, 0.7, 0.4, 1, 0.65, 0.9, 0.9, 0.6, 1, 0, 0.95]],
  "7": [[0, 0, 1, 0, 0.3, 1]],
  "\\": [[0, 0, 1, 1]],
};

/** Stroke widths relative to the letter's height, as produced by lead markers, ink and display processing. */
const THICKNESSES = [0.1, 0.17, 0.25] as const;
/** Width of the box relative to its height before it is stretched, needed to give strokes the right thickness. */
const ASPECT = 0.65;

/** Distance of a point from a stroke, in a box of width `ASPECT` and height 1. */
function distanceTo(stroke: readonly number[], x: number, y: number): number {
  let best = Infinity;
  for (let i = 0; i + 3 < stroke.length; i += 2) {
    const ax = stroke[i] * ASPECT, ay = stroke[i + 1];
    const dx = stroke[i + 2] * ASPECT - ax, dy = stroke[i + 3] - ay;
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    best = Math.min(best, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return best;
}

/** Subtracts the mean and scales to length 1, in place: the dot product of two such images is their correlation. */
export function standardise(pixels: Float64Array): Float64Array {
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  let squares = 0;
  for (let i = 0; i < pixels.length; i++) squares += (pixels[i] -= mean) ** 2;
  const length = Math.sqrt(squares) || 1;
  for (let i = 0; i < pixels.length; i++) pixels[i] /= length;
  return pixels;
}

/** Draws a glyph and standardises it. */
function draw(strokes: readonly (readonly number[])[], thickness: number, mirrored: boolean): Float64Array {
  const pixels = new Float64Array(TEMPLATE_PX * TEMPLATE_PX), half = thickness / 2;
  for (let row = 0, i = 0; row < TEMPLATE_PX; row++) {
    for (let column = 0; column < TEMPLATE_PX; column++, i++) {
      const across = (column + 0.5) / TEMPLATE_PX, u = mirrored ? 1 - across : across;
      // The drawn letter extends half a stroke width beyond the points of its strokes.
      const x = u * (ASPECT + thickness) - half, y = (row + 0.5) / TEMPLATE_PX * (1 + thickness) - half;
      const distance = Math.min(...strokes.map((stroke) => distanceTo(stroke, x, y)));
      pixels[i] = Math.min(1, Math.max(0, (half - distance) * TEMPLATE_PX + 0.5));
    }
  }
  return standardise(pixels);
}

/** Templates of every glyph and its mirror image in every thickness. */
export function letterTemplates(): LetterTemplate[] {
  return Object.entries(STROKES).flatMap(([name, strokes]) =>
    THICKNESSES.flatMap((thickness): LetterTemplate[] => [
      { name, pixels: draw(strokes, thickness, false) },
      { name: `${name}M`, pixels: draw(strokes, thickness, true) },
    ])
  );
}
