import { bitsOfRuns, maskRuns } from "./bit_runs.ts";
import type { BoxedMask } from "./boxed_mask.ts";

/** A mask as text can hold it: its box, and the lengths of its runs row by row, of 0 and 1 in turn, beginning with 0. */
export interface MaskRuns {
  /** Left, top, width and height in pixels. */
  readonly box: readonly [x: number, y: number, width: number, height: number];
  /** Lengths of alternating runs outside and inside the outline. */
  readonly runs: readonly number[];
}

/** Most pixels of a mask's box: more than any film has. */
const MOST_PIXELS = 100_000_000;

/** A mask as runs. */
export function encodeRuns({ boxPx: { x, y, width, height }, mask }: BoxedMask): MaskRuns {
  return { box: [x, y, width, height], runs: maskRuns(mask) };
}

/**
 * The mask that runs stand for.
 *
 * @throws {SyntaxError} if they are not such, or do not fill their box: they may come from a file that anyone wrote.
 */
export function decodeRuns({ box, runs }: MaskRuns): BoxedMask {
  const whole = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  const sound = Array.isArray(box) && box.length === 4 && box.every(whole) && Array.isArray(runs) &&
    runs.every(whole);
  const [x, y, width, height] = sound ? box : [0, 0, 0, 0];
  const size = width * height;
  if (!sound || size === 0 || size > MOST_PIXELS || runs.reduce((sum, run) => sum + run, 0) !== size) {
    throw new SyntaxError("The outline's runs must be whole numbers from 0 that fill its box");
  }
  return { boxPx: { x, y, width, height }, mask: bitsOfRuns(runs, size) };
}
