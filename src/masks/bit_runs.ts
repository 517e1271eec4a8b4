/**
 * Run lengths of a binary image, row by row, alternating between zeros and ones and starting with zeros. A head's
 * outline needs about two numbers per row.
 */
export function maskRuns(bits: ArrayLike<number>): number[] {
  const runs: number[] = [];
  let value = 0, length = 0;
  for (let i = 0; i < bits.length; i++) {
    if ((bits[i] > 0 ? 1 : 0) !== value) {
      runs.push(length);
      [value, length] = [1 - value, 0];
    }
    length++;
  }
  return [...runs, length];
}

/**
 * The binary image with these run lengths.
 *
 * @param count number of pixels
 * @throws {RangeError} if the runs do not add up to `count`, or one is not a whole number from 0.
 */
export function bitsOfRuns(runs: readonly number[], count: number): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(count);
  let at = 0;
  runs.forEach((length, i) => {
    if (!Number.isInteger(length) || length < 0) at = NaN;
    if (i % 2 === 1) bits.fill(1, at, at + length);
    at += length;
  });
  if (at !== count) {
    throw new RangeError(
      `Cannot read a mask: its runs must be whole numbers from 0 with the sum ${count}, got the sum ${at}`,
    );
  }
  return bits;
}
