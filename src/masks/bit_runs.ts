/**
 * A bit image as lengths of its runs, row after row: of zeros first, then of ones, and so on. A head's outline takes two numbers a
 * row that way.
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
 * The bit image that runs stand for.
 *
 * @param count number of its pixels
 * @throws {RangeError} if the runs do not fill exactly those.
 */
export function bitsOfRuns(runs: readonly number[], count: number): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(count);
  let at = 0;
  runs.forEach((length, i) => {
    if (!Number.isInteger(length) || length < 0) at = NaN;
    if (i % 2 === 1) bits.fill(1, at, at + length);
    at += length;
  });
  if (at !== count) throw new RangeError(`Cannot read a mask: its runs must fill ${count} pixels, got ${at}`);
  return bits;
}
