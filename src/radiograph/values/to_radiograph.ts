import type { GreyValues, Radiograph } from "../../types.ts";
import { modalityLine, modalityMap, modalityScale, type StoredRange } from "./modality_values.ts";
import { RadiographError } from "../guard/radiograph_error.ts";
import { greySamples } from "./grey_samples.ts";
import { judgeAspect, squarePixels } from "./square_pixels.ts";
import type { Samples, StoredImage, ValueRules } from "../stored/stored_image.ts";
import { storedSha256 } from "../stored/stored_sha256.ts";

/** Which picture of a file is meant. */
export interface FrameOptions {
  /** Frame to take from a file of several, from 0. @default {undefined}, which refuses such files */
  frame?: number;
}

/** How {@linkcode toRadiograph} works. */
export interface RadiographOptions extends FrameOptions {
  /** Put the pixels into shared memory, for a worker to hand over. @default {false} */
  shared?: boolean;
}

/**
 * A stored picture as the pipeline wants it: one grey frame, modality values, bone bright.
 *
 * - Values are those after the modality transform and **before** any display window: a window is one reader's taste,
 *   and crops are scaled by their own quantiles, so a linear one would change nothing.
 * - A file of several frames is refused unless `frame` says which one.
 * - What is stored in colour is read through its luminance (`colour`), unless it is in true colours; see {@linkcode greySamples}.
 * - Unsigned values of 8 or 16 bits that no transform changes stay as they are, a view of the file's own bytes where it is uncompressed.
 * - Inverted films (MONOCHROME1, INVERSE, MinIsWhite) are mirrored on their storable scale.
 * - Pixels that are not square are resampled until they are (`resampled`), since heads are round.
 * - Declared padding is marked in `padding` and takes the darkest value of the rest, so that nobody mistakes it.
 */
export function toRadiograph(
  image: StoredImage,
  { frame, shared = false }: RadiographOptions = {},
): Radiograph {
  const { rows, columns, bitsStored, signed, rules, facts } = image;
  const { samples: stored, colour } = greySamples(image, chooseFrame(image, frame)); // [rows, columns]
  const padding = markPadding(stored, { range: colour ? null : rules.paddingRange, shared });
  const pixels = shownValues(stored, { rules, bitsStored, signed, padding, shared }); // [rows, columns]
  const asStored = { widthPx: columns, heightPx: rows, pixels, padding };
  const { pixelAspect: aspect, pixelSpacingMm: spacing } = facts, verdict = judgeAspect(aspect);
  const square = verdict === "resample"
    ? squarePixels(asStored, { aspect, memory: (bytes) => memory(bytes, shared) })
    : asStored;
  const remarks = [
    ...image.remarks ?? [],
    ...colour ? ["colour"] : [],
    ...verdict === "resample" ? ["resampled"] : verdict === "odd" ? ["odd-pixels"] : [],
  ];
  let sha256: string | undefined;
  return {
    kind: "radiograph",
    ...square,
    bitsStored,
    pixelSpacingMm: spacing && verdict === "resample" ? [spacing[1], spacing[1]] : spacing,
    spacingSource: facts.spacingSource,
    headerSide: facts.headerSide,
    ...(facts.facing === "unknown" ? {} : { facing: facts.facing }),
    ...(verdict === "resample" ? { pixelAspect: square.heightPx / rows } : {}),
    ...(remarks.length > 0 ? { remarks } : {}),
    // worked out when it is asked for: it takes as long as reading the film
    get storedSha256() {
      return sha256 ??= storedSha256(image.samples);
    },
  };
}

function memory(bytes: number, shared: boolean): ArrayBufferLike {
  return shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

/** How stored values become those that are shown. */
interface Showing extends StoredRange {
  rules: ValueRules;
  padding: Uint8Array | null;
  shared: boolean;
}

/** Modality values, mirrored on their scale where small ones are dense tissue, padding as dark as the darkest. */
function shownValues(stored: Samples, showing: Showing): GreyValues {
  const { rules, padding, shared } = showing, scale = modalityScale(stored, showing);
  checkFinite(scale);
  const line = modalityLine(rules), same = line !== null && line[0] === 1 && line[1] === 0;
  if (same && !padding && (stored instanceof Uint16Array || stored instanceof Uint8Array)) {
    if (!rules.inverted && !shared) return stored;
    const Whole = stored.constructor as Uint16ArrayConstructor;
    const values = new Whole(memory(stored.byteLength, shared));
    if (!rules.inverted) values.set(stored);
    else for (let i = 0; i < values.length; i++) values[i] = scale[1] - stored[i];
    return values;
  }
  const values = new Float32Array(memory(4 * stored.length, shared));
  fillValues(values, { stored, rules, total: scale[0] + scale[1] });
  if (padding) darken(values, padding);
  return values;
}

/** A line is computed in place of being called: films have millions of pixels. */
function fillValues(
  values: Float32Array,
  { stored, rules, total }: { stored: Samples; rules: ValueRules; total: number },
): void {
  const n = values.length, line = modalityLine(rules);
  if (line === null) {
    const map = modalityMap(rules);
    for (let i = 0; i < n; i++) values[i] = rules.inverted ? total - map(stored[i]) : map(stored[i]);
  } else {
    const [slope, intercept] = line;
    if (slope === 1 && intercept === 0 && !rules.inverted) values.set(stored);
    else if (rules.inverted) {
      for (let i = 0; i < n; i++) values[i] = total - (stored[i] * slope + intercept);
    } else for (let i = 0; i < n; i++) values[i] = stored[i] * slope + intercept;
  }
}

function chooseFrame({ frames }: StoredImage, frame: number | undefined): number {
  if (frame === undefined) {
    if (frames === 1) return 0;
    throw new RadiographError(`Cannot choose a frame: a film has one, this file has ${frames}`, {
      code: "multi-frame",
      fix: "Split the file, or say which frame is meant.",
    });
  }
  if (Number.isInteger(frame) && frame >= 0 && frame < frames) return frame;
  throw new RangeError(`Cannot choose a frame: 0 to ${frames - 1} exist, got ${frame}`);
}

/** The ends of the scale bound every value between them; a NaN anywhere makes the ends of a measured scale NaN. */
function checkFinite(scale: readonly [number, number]): void {
  for (const end of scale) {
    if (!Number.isFinite(Math.fround(end))) {
      throw new RadiographError(`Cannot read the values: all are finite 32-bit numbers, got ${end}`, {
        code: "corrupt",
        fix: "Export the film again; it holds values that are no numbers.",
      });
    }
  }
}

function markPadding(
  stored: Samples,
  { range, shared }: { range: readonly [number, number] | null; shared: boolean },
): Uint8Array | null {
  if (!range) return null;
  const padding = new Uint8Array(memory(stored.length, shared));
  let any = false;
  for (let i = 0; i < padding.length; i++) {
    if (stored[i] >= range[0] && stored[i] <= range[1]) padding[i] = 1, any = true;
  }
  return any ? padding : null;
}

function darken(pixels: Float32Array, padding: Uint8Array): void {
  let dark = Infinity;
  for (let i = 0; i < pixels.length; i++) if (padding[i] === 0 && pixels[i] < dark) dark = pixels[i];
  if (dark === Infinity) return;
  for (let i = 0; i < pixels.length; i++) if (padding[i] !== 0) pixels[i] = dark;
}
