import { orderStatistics } from "../../array/order_statistics.ts";
import { boxBlur } from "../../image/box_blur.ts";
import { type Component, components } from "../../image/components.ts";
import { sampleSquare } from "../../image/sample_square.ts";
import type { GreyImage, GreyValues, Side } from "../../types.ts";
import { type FilmOverview, OVERVIEW_PX } from "../view/film_overview.ts";
import { type LetterTemplate, letterTemplates, standardise, TEMPLATE_PX } from "./letter_templates.ts";

/** A side marker L or R on a film, made of lead or burnt in. */
export interface SideLetter {
  readonly side: Exclude<Side, "unknown">;
  /** True if the letter is mirrored, as on a film displayed from behind. */
  readonly mirrored: boolean;
  readonly centerPx: readonly [number, number];
  /** Correlation with the template of the letter that it was recognised as: from `LEAST_SCORE` to 1. */
  readonly score: number;
}

/** Heights of a letter on the overview, px: 1.4 to 8 % of the longer side of a film of at least `OVERVIEW_PX`. */
const HEIGHT_PX = [7, 42] as const;
/** Width of a letter's box relative to its height. */
const ASPECT = [0.35, 1.15] as const;
/** Share of a letter's box that its strokes fill. */
const FILL = [0.12, 0.7] as const;
/** Strokes must exceed their surroundings by this share of the range of the overview's values, averaged in cells. */
const CONTRAST = 0.15;
/** Side of a cell, px: the surroundings of strokes are computed from means of such squares. */
const CELL = 4;
/** Correlation with a side letter from which a region of the overview is examined at full resolution. */
const WORTH_A_LOOK = 0.55;
/** Correlation that a letter must reach, and the margin by which it must exceed that of every other glyph. */
const LEAST_SCORE = 0.86, LEAST_LEAD = 0.07;

/** Templates that indicate a side. */
const MEANING: Readonly<Record<string, Pick<SideLetter, "side" | "mirrored">>> = {
  L: { side: "left", mirrored: false },
  LM: { side: "left", mirrored: true },
  R: { side: "right", mirrored: false },
  RM: { side: "right", mirrored: true },
};

let templates: LetterTemplate[] | undefined;

/** Means and maxima of squares of `CELL` pixels; those at the right and lower edge of the image may be smaller. */
function measureCells({ widthPx, heightPx, pixels }: GreyImage): { means: GreyImage; most: Float32Array } {
  const columns = Math.ceil(widthPx / CELL), rows = Math.ceil(heightPx / CELL);
  // [rows, columns] each
  const means = new Float32Array(columns * rows), most = new Float32Array(columns * rows).fill(-Infinity);
  for (let y = 0; y < heightPx; y++) {
    const row = Math.floor(y / CELL), share = 1 / Math.min(CELL, heightPx - row * CELL);
    for (let column = 0, cell = row * columns; column < columns; column++, cell++) {
      const from = y * widthPx + column * CELL, wide = Math.min(CELL, widthPx - column * CELL);
      let sum = 0, high = most[cell];
      for (let at = from; at < from + wide; at++) {
        sum += pixels[at];
        if (pixels[at] > high) high = pixels[at];
      }
      means[cell] += sum / wide * share;
      most[cell] = high;
    }
  }
  return { means: { kind: "grey-image", widthPx: columns, heightPx: rows, pixels: means }, most };
}

/**
 * A mask of pixels that are brighter than their surroundings. To save time, the surroundings are averaged over squares
 * instead of pixels.
 */
function brightStrokes(image: GreyImage): Uint8Array {
  const { widthPx, heightPx, pixels } = image, { means, most } = measureCells(image);
  const around = boxBlur(means, { radiusPx: OVERVIEW_PX / 32 / CELL }).pixels;
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < means.pixels.length; i++) {
    if (means.pixels[i] < low) low = means.pixels[i];
    if (means.pixels[i] > high) high = means.pixels[i];
  }
  const least = CONTRAST * (high - low), bits = new Uint8Array(pixels.length), columns = means.widthPx;
  for (let cell = 0; cell < most.length; cell++) {
    const bar = around[cell] + least;
    if (!(most[cell] > bar)) continue;
    const left = cell % columns * CELL, right = Math.min(widthPx, left + CELL);
    const top = Math.floor(cell / columns) * CELL, bottom = Math.min(heightPx, top + CELL);
    for (let y = top; y < bottom; y++) {
      for (let at = y * widthPx + left; at < y * widthPx + right; at++) if (pixels[at] > bar) bits[at] = 1;
    }
  }
  return bits;
}

function mayBeLetter({ boxPx: { width, height }, areaPx }: Component): boolean {
  const aspect = width / height, fill = areaPx / (width * height);
  return height >= HEIGHT_PX[0] && height <= HEIGHT_PX[1] && aspect >= ASPECT[0] && aspect <= ASPECT[1] &&
    fill >= FILL[0] && fill <= FILL[1];
}

/**
 * The strokes in a box of an image, resampled to a template's square and standardised.
 *
 * @param rowPx width of the image
 * @param isStroke whether the pixel at an index belongs to a stroke
 */
function stretched(
  { x, y, width, height }: Component["boxPx"],
  rowPx: number,
  isStroke: (at: number) => boolean,
): Float64Array {
  const glyph = new Float64Array(TEMPLATE_PX * TEMPLATE_PX);
  // Each template pixel is the mean of 2 x 2 samples in its part of the box.
  const fine = 2 * TEMPLATE_PX;
  for (let row = 0; row < fine; row++) {
    const from = (y + Math.floor((row + 0.5) / fine * height)) * rowPx + x, to = (row >> 1) * TEMPLATE_PX;
    for (let column = 0; column < fine; column++) {
      if (isStroke(from + Math.floor((column + 0.5) / fine * width))) glyph[to + (column >> 1)] += 0.25;
    }
  }
  return standardise(glyph);
}

/**
 * The strokes of one candidate at full resolution, or null if they cannot be separated from their surroundings, touch
 * the edge of the square around them or are less than a third as high as this square.
 */
function glyphAt(
  film: GreyImage<GreyValues>,
  { boxPx: { x, y, width, height } }: Component,
  step: number,
): Float64Array | null {
  const sizePx = 64, halfSidePx = (Math.max(width, height) * 0.75 + 1) * step;
  const centerPx = [(x + width / 2) * step - 0.5, (y + height / 2) * step - 0.5] as const;
  const { pixels } = sampleSquare(film, { centerPx, halfSidePx, sizePx, fill: "edge" });
  const last = pixels.length - 1;
  const [dark, bright] = orderStatistics(pixels, [last >> 2, Math.floor(0.98 * last)]);
  if (!(bright > dark)) return null;
  const bits = Uint8Array.from(pixels, (value) => value > (dark + bright) / 2 ? 1 : 0);
  const { labels, components: [found] } = components(bits, { widthPx: sizePx, heightPx: sizePx });
  if (!found) return null;
  const box = found.boxPx,
    cut = box.x === 0 || box.y === 0 || box.x + box.width === sizePx || box.y + box.height === sizePx;
  if (cut || box.height < sizePx / 3) return null;
  return stretched(box, sizePx, (at) => labels[at] === found.label);
}

/** Correlation of two standardised glyphs. */
function correlation(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Name and correlation of the best template if the glyph is a plain or mirrored L or R with sufficient certainty. */
function recognise(
  glyph: Float64Array,
  templates: readonly LetterTemplate[],
): { name: string; score: number } | null {
  const best = new Map<string, number>();
  for (const { name, pixels } of templates) {
    best.set(name, Math.max(best.get(name) ?? -1, correlation(glyph, pixels)));
  }
  const [[name, score], [, second]] = [...best].sort((a, b) => b[1] - a[1]);
  return name in MEANING && score >= LEAST_SCORE && score - second >= LEAST_LEAD ? { name, score } : null;
}

/**
 * Finds letters L and R on a film that can be read with certainty: bright strokes of the size of a letter, compared
 * with template glyphs and their mirror images. Only upright letters are found.
 *
 * @param film the film, with bright bone
 */
export function readSideLetters(film: GreyImage<GreyValues>, { image, step }: FilmOverview): SideLetter[] {
  const glyphs = templates ??= letterTemplates(), ofSides = glyphs.filter(({ name }) => name in MEANING);
  const { labels, components: patches } = components(brightStrokes(image), image);
  return patches.filter(mayBeLetter).flatMap((patch): SideLetter[] => {
    const coarse = stretched(patch.boxPx, image.widthPx, (at) => labels[at] === patch.label);
    if (!ofSides.some(({ pixels }) => correlation(coarse, pixels) >= WORTH_A_LOOK)) return [];
    const glyph = glyphAt(film, patch, step), letter = glyph && recognise(glyph, glyphs);
    if (!letter) return [];
    const { x, y, width, height } = patch.boxPx;
    return [{
      ...MEANING[letter.name],
      centerPx: [(x + width / 2) * step - 0.5, (y + height / 2) * step - 0.5],
      score: letter.score,
    }];
  });
}
