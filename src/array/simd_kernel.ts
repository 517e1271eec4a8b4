import {
  add,
  advance,
  below,
  type Code,
  get,
  int,
  load,
  loop,
  set,
  store,
  times,
  unsigned,
  wasmModule,
  zero,
} from "./wasm_code.ts";

// The inner loops of whitenedLengths as a WebAssembly module with two-lane SIMD. The module performs the same
// operations in the same order as the plain loops. The constants below are the numbers of its parameters and of its
// local integers and vectors. Data rows 0 and 1 are in `low` vectors, rows 2 and 3 in `high` ones; from `acc` on there
// is a low and a high sum for each of four rows of the inverted factor.

const PARAMS = { rows: 0, blocks: 1, rowBytes: 2, mean: 3, weights: 4, groups: 5, scratch: 6, out: 7 };
const LOCALS = { x: 8, m: 9, s: 10, w: 11, end: 12, last: 13 };
const VECTORS = { sumLow: 14, sumHigh: 15, low: 16, high: 17, weight: 18, acc: 19 };

const load64 = (at: Code): Code => [at, 0x2b, 3, 0];
const store64 = (at: Code, offset: number, value: Code): Code => [at, value, 0x39, 3, unsigned(offset)];
const splat = (at: Code, offset: number): Code => [at, 0xfd, 0x0a, 3, unsigned(offset)];
const plus = (a: Code, b: Code): Code => [a, b, 0xfd, 0xf0, 0x01];
const product = (a: Code, b: Code): Code => [a, b, 0xfd, 0xf2, 0x01];
const root = (a: Code): Code => [a, 0xfd, 0xef, 0x01];

/** scratch[k] = the k-th value of each of four rows, minus the mean. */
function centreFourRows(): Code {
  const { rows, rowBytes, mean, scratch } = PARAMS, { x, m, s } = LOCALS;
  const lane = (i: number): Code => {
    const from = i === 0 ? get(x) : add(get(x), times(get(rowBytes), int(i)));
    return store64(get(s), 8 * i, [load64(from), load64(get(m)), 0xa1]);
  };
  return [
    set(x, get(rows)),
    set(m, get(mean)),
    set(s, get(scratch)),
    loop(
      [[0, 1, 2, 3].map(lane), advance(x, int(8)), advance(m, int(8)), advance(s, int(32))],
      below(get(m), add(get(mean), get(rowBytes))),
    ),
  ];
}

/** Takes four rows of the inverted factor at a time, multiplies them with four rows of data, and sums the squares. */
function sumSquares(): Code {
  const { weights, groups, scratch } = PARAMS, { s, w, end, last } = LOCALS;
  const { sumLow, sumHigh, low, high, weight, acc } = VECTORS;
  const each = (f: (i: number) => Code): Code => [0, 1, 2, 3].map(f);
  const multiply = each((i) => [
    set(weight, splat(get(w), 8 * i)),
    set(acc + 2 * i, plus(get(acc + 2 * i), product(get(weight), get(low)))),
    set(acc + 2 * i + 1, plus(get(acc + 2 * i + 1), product(get(weight), get(high)))),
  ]);
  const square = (sum: number, from: number): Code => set(sum, plus(get(sum), product(get(from), get(from))));
  return [
    set(sumLow, zero),
    set(sumHigh, zero),
    set(w, get(weights)),
    set(end, add(get(scratch), int(128))),
    set(last, add(get(scratch), times(get(groups), int(128)))),
    loop([
      each((i) => [set(acc + 2 * i, zero), set(acc + 2 * i + 1, zero)]),
      set(s, get(scratch)),
      loop([
        set(low, load(get(s), 0)),
        set(high, load(get(s), 16)),
        multiply,
        advance(w, int(32)),
        advance(s, int(32)),
      ], below(get(s), get(end))),
      each((i) => [square(sumLow, acc + 2 * i), square(sumHigh, acc + 2 * i + 1)]),
      advance(end, int(128)),
    ], below(get(end), add(get(last), int(1)))),
  ];
}

/**
 * `run(rows, blocks, rowBytes, mean, weights, groups, scratch, out)`: lengths of 4 x blocks rows. `blocks` and
 * `groups` are counts, `rowBytes` is a size, the others are addresses.
 */
function program(): Code {
  const { rows, blocks, rowBytes, out } = PARAMS, { sumLow, sumHigh } = VECTORS;
  return loop([
    centreFourRows(),
    sumSquares(),
    store(get(out), 0, root(get(sumLow))),
    store(get(out), 16, root(get(sumHigh))),
    advance(out, int(32)),
    advance(rows, times(get(rowBytes), int(4))),
    advance(blocks, int(-1)),
  ], get(blocks));
}

/** The bytes of the module: imports `m.memory`, exports `run`. */
export function simdKernel(): Uint8Array<ArrayBuffer> {
  return wasmModule({ run: { params: 8, numbers: 6, vectors: 13, body: program() } });
}
