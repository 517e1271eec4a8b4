import { bitsOfRuns, maskRuns } from "./bit_runs.ts";
import type { BoxedMask } from "./boxed_mask.ts";

/**
 * A mask in a form suitable for text: its box, and its run lengths row by row, alternating between 0 and 1 and
 * starting with 0.
 */
export interface MaskRuns {
  /** Left, top, width and height in pixels. */
  readonly box: readonly [x: number, y: number, width: number, height: number];
  /** Lengths of alternating runs outside and inside the outline. */
  readonly runs: readonly number[];
}

/** Maximum number of pixels of a mask's box. */
const MOST_PIXELS = 100_000_000;

/** Encodes a mask as runs. */
export function encodeRuns({ boxPx: { x, y, width, height }, mask }: BoxedMask): MaskRuns {
  return { box: [x, y, width, height], runs: maskRuns(mask) };
}

/**
 * Decodes a mask from runs. They are checked, because they may come from an untrusted file.
 *
 * @throws {SyntaxError} if box or runs are invalid, the box is empty or too large, or the runs do not fill it.
 */
export function decodeRuns({ box, runs }: MaskRuns): BoxedMask {
  const whole = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  const sound = Array.isArray(box) && box.length === 4 && box.every(whole) && Array.isArray(runs) &&
    runs.every(whole);
  const [x, y, width, height] = sound ? box : [0, 0, 0, 0];
  const size = width * height;
  if (!sound || size === 0 || size > MOST_PIXELS || runs.reduce((sum, run) => sum + run, 0) !== size) {
    throw new SyntaxError(
      "An outline must have a box that is not empty, and runs of whole numbers from 0 that fill its box",
    );
  }
  return { boxPx: { x, y, width, height }, mask: bitsOfRuns(runs, size) };
}
