import type { GreyImage, GreyValues } from "../types.ts";
import type { AxisWeights } from "./axis_weights.ts";
import { COLUMNS_AT_ONCE, resampleKernel } from "./resample_kernel.ts";

/** Output rows computed per call. */
export const ROWS_AT_ONCE = 4;
/** Usual size of the band of image rows held in the kernel's memory; it fits in the processor's cache. */
const BAND_BYTES = 1 << 18;
const PAGE_BYTES = 1 << 16;

/**
 * Returns a function that computes four output rows, starting at a given row, without the contribution from outside
 * the image. The rows are in the kernel's memory and valid until the next call. Rows beyond the last one of
 * the output hold arbitrary values. Rows must be requested in order.
 */
export function resampledRows(
  { widthPx, pixels }: GreyImage<GreyValues>,
  { x, y }: { x: AxisWeights; y: AxisWeights },
): (row: number) => Float32Array[] {
  const outputs = x.first.length, fromColumn = x.first[0], columns = endOf(x, outputs - 1) - fromColumn;
  const lastRow = y.first.length - 1, size = pixels.BYTES_PER_ELEMENT, rowBytes = columns * size;
  const bandRows = Math.max(mostRows(y), Math.floor(BAND_BYTES / rowBytes));
  const sumBytes = 4 * COLUMNS_AT_ONCE * Math.ceil(columns / COLUMNS_AT_ONCE); // of one row
  const outBytes = 16 * Math.ceil(outputs / 4); // of one row
  const bytes = {
    ...{ sums: ROWS_AT_ONCE * sumBytes, columns: ROWS_AT_ONCE * sumBytes }, // [4, columns], [columns, 4]
    ...{ outputs: ROWS_AT_ONCE * outBytes, out: ROWS_AT_ONCE * outBytes }, // [outputs, 4], [4, outputs]
    ...{ firsts: 4 * outputs, ends: 4 * outputs },
    ...{ weightsX: 4 * x.weights.length, weightsY: 4 * y.weights.length },
    band: bandRows * rowBytes + 4 * COLUMNS_AT_ONCE, // plus what may be read beyond a row's end
  };
  const { at, kernel, buffer } = placed(bytes);
  new Float32Array(buffer, at.weightsX, x.weights.length).set(x.weights);
  new Float32Array(buffer, at.weightsY, y.weights.length).set(y.weights);
  const firsts = new Int32Array(buffer, at.firsts, outputs), ends = new Int32Array(buffer, at.ends, outputs);
  for (let i = 0; i < outputs; i++) {
    firsts[i] = at.columns + 16 * (x.first[i] - fromColumn);
    ends[i] = at.weightsX + 4 * x.start[i + 1];
  }
  const out = Array.from(
    { length: ROWS_AT_ONCE },
    (_, r) => new Float32Array(buffer, at.out + r * outBytes, outputs),
  );
  const [band, weighRows] = bandOf(pixels, { buffer, at: at.band, length: bandRows * columns, kernel });
  let top = 0, bottom = 0; // rows in the band: the first, and the first after them
  return (row) => {
    const last = Math.min(row + ROWS_AT_ONCE - 1, lastRow);
    if (endOf(y, last) > bottom) {
      [top, bottom] = [y.first[row], Math.min(endOf(y, lastRow), y.first[row] + bandRows)];
      if (columns === widthPx) band.set(pixels.subarray(top * widthPx, bottom * widthPx));
      else {
        for (let r = top, from = top * widthPx + fromColumn; r < bottom; r++, from += widthPx) {
          band.set(pixels.subarray(from, from + columns), (r - top) * columns);
        }
      }
    }
    for (let r = row; r <= last; r++) {
      const from = at.band + (y.first[r] - top) * rowBytes, to = at.sums + (r - row) * sumBytes;
      const weights = at.weightsY + 4 * y.start[r], weightsEnd = at.weightsY + 4 * y.start[r + 1];
      weighRows(from, rowBytes, weights, weightsEnd, to, to + sumBytes);
    }
    kernel.transposeSquares(at.sums, sumBytes, 16, at.columns, 16, 64, at.sums + 4 * columns);
    kernel.weighColumns(at.firsts, at.ends, at.weightsX, at.outputs, at.outputs + 16 * outputs);
    kernel.transposeSquares(at.outputs, 16, 64, at.out, outBytes, 16, at.outputs + 16 * outputs);
    return out;
  };
}

/** First input sample after an output sample's run. */
function endOf({ first, start }: AxisWeights, i: number): number {
  return first[i] + start[i + 1] - start[i];
}

/** The largest number of input rows that one call, which computes {@link ROWS_AT_ONCE} output rows, needs. */
function mostRows(y: AxisWeights): number {
  let most = 0;
  for (let row = 0; row < y.first.length; row += ROWS_AT_ONCE) {
    const last = Math.min(row + ROWS_AT_ONCE, y.first.length) - 1;
    most = Math.max(most, endOf(y, last) - y.first[row]);
  }
  return most;
}

type Loop = (...addresses: number[]) => void;
type Kernel = Record<"floats" | "words" | "bytes" | "transposeSquares" | "weighColumns", Loop>;

/** The band's array in the kernel's memory, and the loop that sums its type of values. */
function bandOf(
  pixels: GreyValues,
  { buffer, at, length, kernel }: { buffer: ArrayBuffer; at: number; length: number; kernel: Kernel },
): [GreyValues, Loop] {
  if (pixels instanceof Float32Array) return [new Float32Array(buffer, at, length), kernel.floats];
  if (pixels instanceof Uint16Array) return [new Uint16Array(buffer, at, length), kernel.words];
  return [new Uint8Array(buffer, at, length), kernel.bytes];
}

let memory: WebAssembly.Memory | undefined, started: Kernel | undefined;

/**
 * The kernel, started at its first use in a thread, and the address of each part in its memory, aligned to 16 bytes.
 */
function placed<Part extends string>(bytes: Record<Part, number>) {
  memory ??= new WebAssembly.Memory({ initial: 1 });
  started ??= new WebAssembly.Instance(new WebAssembly.Module(resampleKernel()), { m: { memory } })
    .exports as Kernel;
  const at = {} as Record<Part, number>;
  let end = 0;
  for (const part of Object.keys(bytes) as Part[]) {
    at[part] = end;
    end += 16 * Math.ceil(bytes[part] / 16);
  }
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  return { at, kernel: started, buffer: memory.buffer };
}
