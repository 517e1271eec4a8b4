/** The crops of one portion of a cohort in the file that keeps them, one after another, in the order of its heads. */
export interface CropFile {
  /** Path of the file. */
  readonly path: string;
  /** Crops in it, all of one size. */
  readonly count: number;
}

/** Reads crops from where they are stored; only the crops of one file are in memory at a time. */
export interface CropReader {
  /** Number of crops. */
  readonly length: number;
  /** The crops at some indices, [sizePx, sizePx] bytes each. Ascending indices read each file once. */
  read(indices: Iterable<number>): Uint8Array[];
}

/** Opens the crops of a cohort, the files in the order of its portions. */
export function openCrops(files: readonly CropFile[]): CropReader {
  const starts = new Float64Array(files.length + 1); // index of the first crop of each file
  files.forEach(({ count }, i) => starts[i + 1] = starts[i] + count);
  const length = starts[files.length];
  let open = -1, bytes = new Uint8Array();
  function crop(index: number): Uint8Array {
    if (!(index >= 0 && index < length)) {
      throw new RangeError(`There is no crop ${index}; there are ${length}`);
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

/** The file that holds a crop, by bisection. */
function fileOf(index: number, starts: Float64Array): number {
  let low = 0, high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= index) low = middle;
    else high = middle;
  }
  return low;
}
