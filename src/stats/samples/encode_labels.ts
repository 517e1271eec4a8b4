/** Labels as indices from 0, in order of first appearance. */
export interface EncodedLabels {
  readonly codes: Int32Array; // [n]
  /** Number of different labels. */
  readonly size: number;
}

/**
 * Assigns one index to each distinct label of several concatenated arrays; 1 and "1" are the same label.
 *
 * @throws {TypeError} if an array does not have the expected length.
 */
export function encodeLabels(
  arrays: readonly ArrayLike<string | number>[],
  lengths: readonly number[],
): EncodedLabels {
  const found = new Map<string, number>(), codes: number[] = [];
  arrays.forEach((labels, a) => {
    if (labels.length !== lengths[a]) {
      throw new TypeError(
        `Cannot read labels: each of ${lengths[a]} values must have a label, got ${labels.length}`,
      );
    }
    for (let i = 0; i < labels.length; i++) {
      const key = String(labels[i]);
      let code = found.get(key);
      if (code === undefined) found.set(key, code = found.size);
      codes.push(code);
    }
  });
  return { codes: Int32Array.from(codes), size: found.size };
}
