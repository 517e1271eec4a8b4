import { boxBlur } from "../image/box_blur.ts";
import { type Component, components } from "../image/components.ts";
import { sampleSquare } from "../image/sample_square.ts";
import type { GreyImage, Side } from "../types.ts";
import { type FilmOverview, OVERVIEW_PX } from "./film_overview.ts";
import { type LetterTemplate, letterTemplates, standardise, TEMPLATE_PX } from "./letter_templates.ts";

/** A letter L or R that lies on a film, of lead or burnt in. */
export interface SideLetter {
  readonly side: Exclude<Side, "unknown">;
  /** Seen in a mirror: the film is shown from behind. */
  readonly mirrored: boolean;
  readonly centerPx: readonly [number, number];
  /** Correlation with the letter it is taken for, 0 to 1. */
  readonly score: number;
}

/** Heights of a letter on the overview: 1.4 to 8 % of the film's longer side. */
const HEIGHT_PX = [7, 42] as const;
/** Width over height of its box. */
const ASPECT = [0.35, 1.15] as const;
/** Share of its box that is stroke. */
const FILL = [0.12, 0.7] as const;
/** Brighter than what lies round it by this share of the film's own range of values. */
const CONTRAST = 0.1;
/** Candidates that are compared, the most a film is thought to hold. */
const MOST_CANDIDATES = 60;
/** Correlation a letter must reach, and by how much it must beat every other glyph. */
const LEAST_SCORE = 0.86, LEAST_LEAD = 0.07;

/** Names of the templates that speak for a side. */
const MEANING: Readonly<Record<string, Pick<SideLetter, "side" | "mirrored">>> = {
  L: { side: "left", mirrored: false },
  LM: { side: "left", mirrored: true },
  R: { side: "right", mirrored: false },
  RM: { side: "right", mirrored: true },
};

let templates: LetterTemplate[] | undefined;

/** Pixels brighter than what lies round them, as bits. */
function brightStrokes(small: GreyImage): Uint8Array {
  const around = boxBlur(small, { radiusPx: OVERVIEW_PX >> 5 }).pixels;
  let low = Infinity, high = -Infinity;
  for (const value of small.pixels) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const least = CONTRAST * (high - low), bits = new Uint8Array(small.pixels.length);
  for (let i = 0; i < bits.length; i++) bits[i] = small.pixels[i] - around[i] > least ? 1 : 0;
  return bits;
}

function mayBeLetter({ boxPx: { width, height }, areaPx }: Component): boolean {
  const aspect = width / height, fill = areaPx / (width * height);
  return height >= HEIGHT_PX[0] && height <= HEIGHT_PX[1] && aspect >= ASPECT[0] && aspect <= ASPECT[1] &&
    fill >= FILL[0] && fill <= FILL[1];
}

/** The strokes of one candidate, stretched to a template's square, or null where they cannot be told from what surrounds them. */
function glyphAt(
  film: GreyImage,
  { boxPx: { x, y, width, height } }: Component,
  step: number,
): Float64Array | null {
  const sizePx = 64, halfSidePx = (Math.max(width, height) * 0.75 + 1) * step;
  const centerPx = [(x + width / 2) * step - 0.5, (y + height / 2) * step - 0.5] as const;
  const { pixels } = sampleSquare(film, { centerPx, halfSidePx, sizePx, fill: "edge" });
  const sorted = pixels.slice().sort(),
    dark = sorted[sorted.length >> 2],
    bright = sorted[Math.floor(sorted.length * 0.98)];
  if (!(bright > dark)) return null;
  const bits = Uint8Array.from(pixels, (value) => value > (dark + bright) / 2 ? 1 : 0);
  const found = components(bits, { widthPx: sizePx, heightPx: sizePx }).components[0];
  if (!found) return null;
  const box = found.boxPx,
    cut = box.x === 0 || box.y === 0 || box.x + box.width === sizePx || box.y + box.height === sizePx;
  if (cut || box.height < sizePx / 3) return null;
  const glyph = new Float64Array(TEMPLATE_PX * TEMPLATE_PX), weight = new Float64Array(glyph.length);
  for (let row = 0; row < box.height; row++) {
    for (let column = 0; column < box.width; column++) {
      const at = Math.floor((row + 0.5) / box.height * TEMPLATE_PX) * TEMPLATE_PX +
        Math.floor((column + 0.5) / box.width * TEMPLATE_PX);
      glyph[at] += bits[(box.y + row) * sizePx + box.x + column];
      weight[at]++;
    }
  }
  for (let i = 0; i < glyph.length; i++) glyph[i] = weight[i] ? glyph[i] / weight[i] : 0;
  return standardise(glyph);
}

/** The letter a glyph is, if it is L or R beyond doubt. */
function recognise(glyph: Float64Array): { name: string; score: number } | null {
  const best = new Map<string, number>();
  for (const { name, pixels } of templates ??= letterTemplates()) {
    let score = 0;
    for (let i = 0; i < glyph.length; i++) score += glyph[i] * pixels[i];
    if (score > (best.get(name) ?? -1)) best.set(name, score);
  }
  const [[name, score], [, second]] = [...best].sort((a, b) => b[1] - a[1]);
  return name in MEANING && score >= LEAST_SCORE && score - second >= LEAST_LEAD ? { name, score } : null;
}

/**
 * The letters L and R on a film that can be read for certain: bright strokes of a letter's size, cut out and compared with drawn
 * glyphs, as they are and mirrored. Upright letters only.
 *
 * @param film bone bright
 */
export function readSideLetters(film: GreyImage, { image, step }: FilmOverview): SideLetter[] {
  const { components: patches } = components(brightStrokes(image), image);
  return patches.filter(mayBeLetter).slice(0, MOST_CANDIDATES).flatMap((patch): SideLetter[] => {
    const glyph = glyphAt(film, patch, step), letter = glyph && recognise(glyph);
    if (!letter) return [];
    const { x, y, width, height } = patch.boxPx;
    return [{
      ...MEANING[letter.name],
      centerPx: [(x + width / 2) * step - 0.5, (y + height / 2) * step - 0.5],
      score: letter.score,
    }];
  });
}
