import {
  advance,
  below,
  type Code,
  get,
  int,
  load,
  loop,
  set,
  store,
  wasmModule,
  zero,
} from "../array/wasm_code.ts";

/** Number of columns that {@link resampleKernel}'s row sums process at a time. */
export const COLUMNS_AT_ONCE = 16;

const QUARTERS = [0, 1, 2, 3];

const load32 = (at: Code): Code => [at, 0x28, 2, 0];
const load32Splat = (at: Code): Code => [at, 0xfd, 0x09, 2, 0];
const load16x4 = (at: Code, offset: number): Code => [at, 0xfd, 0x04, 3, offset];
const load8x8 = (at: Code, offset: number): Code => [at, 0xfd, 0x02, 3, offset];
const lowHalf = (a: Code): Code => [a, 0xfd, 0xa9, 0x01];
const highHalf = (a: Code): Code => [a, 0xfd, 0xaa, 0x01];
const toFloats = (a: Code): Code => [a, 0xfd, 0xfa, 0x01];
const plus = (a: Code, b: Code): Code => [a, b, 0xfd, 0xe4, 0x01];
const product = (a: Code, b: Code): Code => [a, b, 0xfd, 0xe6, 0x01];
/** Four of the eight 32-bit lanes of two vectors. */
const pick = (a: Code, b: Code, lanes: readonly number[]): Code => [
  ...[a, b, 0xfd, 0x0d],
  lanes.flatMap((lane) => QUARTERS.map((byte) => 4 * lane + byte)),
];

/** Multiplies sixteen values of a row, of any kind, by a factor and adds them to four vectors of sums. */
function addRow(
  kind: "floats" | "words" | "bytes",
  row: number,
  factor: number,
  sums: number,
  halves: number,
): Code {
  const addTo = (quarter: number, values: Code) =>
    set(sums + quarter, plus(get(sums + quarter), product(get(factor), values)));
  if (kind === "floats") return QUARTERS.map((q) => addTo(q, load(get(row), 16 * q)));
  if (kind === "words") return QUARTERS.map((q) => addTo(q, toFloats(load16x4(get(row), 8 * q))));
  return [0, 1].map((half): Code => [
    set(halves, load8x8(get(row), 8 * half)),
    addTo(2 * half, toFloats(lowHalf(get(halves)))),
    addTo(2 * half + 1, toFloats(highHalf(get(halves)))),
  ]);
}

function weighRows(kind: "floats" | "words" | "bytes") {
  const [rows, rowBytes, weights, weightsEnd, out, outEnd, row, weight, factor, halves, sums] = Array(11)
    .keys();
  const body = loop([
    QUARTERS.map((q) => set(sums + q, zero)),
    set(row, get(rows)),
    set(weight, get(weights)),
    loop([
      set(factor, load32Splat(get(weight))),
      addRow(kind, row, factor, sums, halves),
      advance(row, get(rowBytes)),
      advance(weight, int(4)),
    ], below(get(weight), get(weightsEnd))),
    QUARTERS.map((q) => store(get(out), 16 * q, get(sums + q))),
    advance(rows, int(COLUMNS_AT_ONCE * { floats: 4, words: 2, bytes: 1 }[kind])),
    advance(out, int(4 * COLUMNS_AT_ONCE)),
  ], below(get(out), get(outEnd)));
  return { params: 6, numbers: 2, vectors: 6, body };
}

function transposeSquares() {
  const [from, fromBytes, fromNext, to, toBytes, toNext, end] = [0, 1, 2, 3, 4, 5, 6];
  const [at, vector, pair] = [7, 8, 12];
  const four = (each: (q: number) => Code, bytes: number): Code =>
    QUARTERS.map((q): Code => [each(q), q < 3 ? advance(at, get(bytes)) : []]);
  const row = (q: number) => get(vector + q), half = (q: number) => get(pair + q);
  const body = loop([
    set(at, get(from)),
    four((q) => set(vector + q, load(get(at), 0)), fromBytes),
    // Interleave pairs of rows, then pairs of pairs.
    set(pair, pick(row(0), row(1), [0, 4, 1, 5])),
    set(pair + 1, pick(row(2), row(3), [0, 4, 1, 5])),
    set(pair + 2, pick(row(0), row(1), [2, 6, 3, 7])),
    set(pair + 3, pick(row(2), row(3), [2, 6, 3, 7])),
    set(at, get(to)),
    four(
      (q) => store(get(at), 0, pick(half(q & 2), half((q & 2) + 1), q & 1 ? [2, 3, 6, 7] : [0, 1, 4, 5])),
      toBytes,
    ),
    advance(from, get(fromNext)),
    advance(to, get(toNext)),
  ], below(get(from), get(end)));
  return { params: 7, numbers: 1, vectors: 8, body };
}

function weighColumns() {
  const [firsts, ends, weights, out, outEnd, at, end, sum] = Array(8).keys();
  const body = loop([
    set(at, load32(get(firsts))),
    set(end, load32(get(ends))),
    set(sum, zero),
    loop([
      set(sum, plus(get(sum), product(load32Splat(get(weights)), load(get(at), 0)))),
      advance(at, int(16)),
      advance(weights, int(4)),
    ], below(get(weights), get(end))),
    store(get(out), 0, get(sum)),
    advance(firsts, int(4)),
    advance(ends, int(4)),
    advance(out, int(16)),
  ], below(get(out), get(outEnd)));
  return { params: 5, numbers: 2, vectors: 1, body };
}

/**
 * The inner loops of {@link resample} as a WebAssembly module. Parameters named `...Bytes` and `...Next` are
 * distances in bytes, all others are addresses. Sums are 32-bit floats.
 *
 * - `floats`, `words`, `bytes` `(rows, rowBytes, weights, weightsEnd, out, outEnd)`: weighted sum of rows of 32-bit
 *   floats, unsigned 16-bit or 8-bit integers. It processes sixteen columns at a time, so it may read and write up to
 *   fifteen more than requested.
 * - `transposeSquares(from, fromBytes, fromNext, to, toBytes, toNext, end)`: transposes 4 x 4 squares of floats until
 *   `from` reaches `end`. `fromBytes` and `toBytes` are the distances between rows, `fromNext` and `toNext` those
 *   between squares.
 * - `weighColumns(firsts, ends, weights, out, outEnd)`: weighted sum of a run of transposed columns for each output.
 *   For each output, `firsts` holds the address of its first column and `ends` the end of its weights; all weights
 *   are contiguous.
 */
export function resampleKernel(): Uint8Array<ArrayBuffer> {
  const [floats, words, bytes] = (["floats", "words", "bytes"] as const).map(weighRows);
  return wasmModule({
    floats,
    words,
    bytes,
    transposeSquares: transposeSquares(),
    weighColumns: weighColumns(),
  });
}
