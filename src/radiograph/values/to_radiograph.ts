import type { GreyValues, Radiograph } from "../../types.ts";
import { modalityLine, modalityMap, modalityScale, type StoredRange } from "./modality_values.ts";
import { RadiographError } from "../guard/radiograph_error.ts";
import { greySamples } from "./grey_samples.ts";
import { judgeAspect, squarePixels } from "./square_pixels.ts";
import type { Samples, StoredImage, ValueRules } from "../stored/stored_image.ts";
import { storedSha256 } from "../stored/stored_sha256.ts";

/** Which frame of a file to use. */
export interface FrameOptions {
  /** Index of the frame, from 0. @default {undefined}, which rejects files with several frames */
  frame?: number;
}

/** Error for a frame that a file does not have. */
export class FrameError extends RangeError {}

/** Options of {@linkcode toRadiograph}. */
export interface RadiographOptions extends FrameOptions {
  /** Put the pixels in shared memory, so that a worker can pass them on. @default {false} */
  shared?: boolean;
}

/**
 * Converts a stored image to the radiograph that the pipeline uses: one grey frame, modality values, bone bright.
 *
 * - Values are those after the modality transform and **before** any display window. A window depends on who set it.
 *   Instead, crops are scaled by their own quantiles.
 * - A file with several frames is rejected unless `frame` selects one.
 * - Images stored in colour are converted to luminance (remark `colour`), unless they are really in colour; see
 *   {@linkcode greySamples}.
 * - Unsigned integers of 8 or 16 bits stay integers if there is no modality transform, padding or resampling. The
 *   pixels may then be a view of the file's bytes.
 * - Films stored inverted (MONOCHROME1, INVERSE, MinIsWhite) are inverted back within the range of storable values, or,
 *   if they are floating-point, of the values present.
 * - Pixels that are not square are resampled to square ones (remark `resampled`), so that heads keep their true shape.
 *   An implausible aspect ratio is ignored (remark `odd-pixels`).
 * - In films stored in grey, padding declared in the header is marked in `padding` and set to the darkest value of the
 *   other pixels, so that padding is not mistaken for tissue.
 *
 * @throws {RadiographError} `multi-frame`, `colour`, `bad-header`, `corrupt` or `too-large`.
 * @throws {FrameError} (a RangeError) if there is no such `frame`.
 */
export function toRadiograph(
  image: StoredImage,
  { frame, shared = false }: RadiographOptions = {},
): Radiograph {
  const { rows, columns, bitsStored, signed, rules, facts } = image;
  const { samples: stored, colour } = greySamples(image, chooseFrame(image, frame)); // [rows, columns]
  const padding = markPadding(stored, { range: colour ? null : rules.paddingRange, shared });
  const pixels = brightBoneValues(stored, { rules, bitsStored, signed, padding, shared }); // [rows, columns]
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
    // computed on first use, because it takes as long as reading the film
    get storedSha256() {
      return sha256 ??= storedSha256(image.samples);
    },
  };
}

function memory(bytes: number, shared: boolean): ArrayBufferLike {
  return shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

/** Options of {@linkcode brightBoneValues}. */
interface ValueOptions extends StoredRange {
  rules: ValueRules;
  padding: Uint8Array | null;
  shared: boolean;
}

/**
 * Modality values with bone bright: inverted on their scale if small values are dense tissue. Padding becomes the
 * darkest value.
 */
function brightBoneValues(stored: Samples, options: ValueOptions): GreyValues {
  const { rules, padding, shared } = options, scale = modalityScale(stored, options);
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

/**
 * Fills in the modality values. Slope and intercept are applied inline, because a function call for each of millions
 * of pixels is slow.
 */
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
    throw new RadiographError(`Cannot choose a frame: a film must have one frame, this file has ${frames}`, {
      code: "multi-frame",
      fix:
        "Split the file into single frames. (A program can choose one with the option `frame` of readRadiograph.)",
    });
  }
  if (Number.isInteger(frame) && frame >= 0 && frame < frames) return frame;
  throw new FrameError(`Cannot choose a frame: it must be 0 to ${frames - 1}, got ${frame}`);
}

/**
 * Throws unless all values are finite. It is enough to check the ends of the scale, which bound all values and are
 * NaN if any value is.
 */
function checkFinite(scale: readonly [number, number]): void {
  for (const end of scale) {
    if (!Number.isFinite(Math.fround(end))) {
      throw new RadiographError(`Cannot read the values: all must be finite 32-bit numbers, got ${end}`, {
        code: "corrupt",
        fix: "Export the film again; it contains values that are infinite or not numbers.",
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
