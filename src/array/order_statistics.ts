import { InputError } from "../input_error.ts";

const BUCKETS = 1 << 13;
/** Sign, exponent and first four bits of the mantissa of each value, counted; kept between calls, empty between them. */
const counts = new Uint32Array(BUCKETS);

/**
 * The values that would stand at `ranks` (from 0) if `values` were sorted: exact, in one pass and a sort of the few values that
 * share their leading bits with one of them. `values` keeps its order.
 *
 * @param values No NaN. [n]
 * @param ranks Whole numbers from 0 to n - 1.
 * @returns [ranks.length]
 * @throws {InputError} if a rank is not one of the values'.
 */
export function orderStatistics(values: Float32Array, ranks: readonly number[]): Float32Array {
  const n = values.length, out = new Float32Array(ranks.length);
  for (const rank of ranks) {
    if (!Number.isInteger(rank) || rank < 0 || rank >= n) {
      throw new InputError(`Cannot take the value of a rank: it must be from 0 to below ${n}, got ${rank}`);
    }
  }
  const bits = new Int32Array(values.buffer, values.byteOffset, n);
  for (let i = 0; i < n; i++) counts[bucketOf(bits[i])]++;
  ranks.forEach((rank, r) => {
    let bucket = 0, below = 0;
    while (below + counts[bucket] <= rank) below += counts[bucket++];
    const inside = new Float32Array(counts[bucket]);
    for (let i = 0, at = 0; at < inside.length; i++) {
      if (bucketOf(bits[i]) === bucket) inside[at++] = values[i];
    }
    out[r] = inside.sort()[rank - below];
  });
  counts.fill(0);
  return out;
}

/** Number of a float's bucket from its bits, in the order of the values: negative ones are turned over. */
function bucketOf(bits: number): number {
  return bits < 0 ? ~bits >>> 19 & 0x0fff : bits >>> 19 | 0x1000;
}
