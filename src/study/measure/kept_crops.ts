/** A file with the crops of one shard, one after another, in the order of its heads. */
export interface CropFile {
  /** Path of the file. */
  readonly path: string;
  /** Number of crops in it; all have the same size. */
  readonly count: number;
}

/** Reads crops from their files; only the crops of one file are in memory at a time. */
export interface CropReader {
  /** Number of crops. */
  readonly length: number;
  /**
   * Returns the crops at the given indices, [sizePx, sizePx] bytes each. If the indices ascend, each file is read once.
   *
   * @throws {RangeError} if an index is negative or not less than `length`.
   */
  read(indices: Iterable<number>): Uint8Array[];
}

/** Makes a reader for the crops of a cohort. Indices of crops count through the files in the given order. */
export function openCrops(files: readonly CropFile[]): CropReader {
  const starts = new Float64Array(files.length + 1); // index of the first crop of each file
  files.forEach(({ count }, i) => starts[i + 1] = starts[i] + count);
  const length = starts[files.length];
  let open = -1, bytes = new Uint8Array();
  function crop(index: number): Uint8Array {
    if (!(index >= 0 && index < length)) {
      throw new RangeError(`Cannot read crop ${index}: its index must be from 0 to ${length - 1}`);
    }
    if (open < 0 || index < starts[open] || index >= starts[open + 1]) {
      open = fileOf(index, starts);
      bytes = Deno.readFileSync(files[open].path);
    }
    const size = bytes.length / files[open].count, at = (index - starts[open]) * size;
    return bytes.slice(at, at + size);
  }
  return { length, read: (indices) => Array.from(indices, crop) };
}

/** Index of the file that contains a crop, found by bisection. */
function fileOf(index: number, starts: Float64Array): number {
  let low = 0, high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= index) low = middle;
    else high = middle;
  }
  return low;
}
