import { InputError } from "../input_error.ts";

const BUCKETS = 1 << 13;
/**
 * Number of values per combination of sign, exponent and first four mantissa bits. Reused by every call; each call
 * resets it to zero.
 */
const counts = new Uint32Array(BUCKETS);

/**
 * The values that would have the given `ranks` (from 0) if `values` were sorted. Exact, and faster than a full sort:
 * values are counted by their leading bits, and only those with the same leading bits as a value sought are sorted.
 * `values` is not changed.
 *
 * @param values Must not contain NaN. [n]
 * @param ranks Integers from 0 to n - 1.
 * @returns [ranks.length]
 * @throws {InputError} if a rank is not such an integer.
 */
export function orderStatistics(values: Float32Array, ranks: readonly number[]): Float32Array {
  const n = values.length, out = new Float32Array(ranks.length);
  for (const rank of ranks) {
    if (!Number.isInteger(rank) || rank < 0 || rank >= n) {
      throw new InputError(
        `Cannot take the value of a rank: it must be a whole number from 0 to below ${n}, got ${rank}`,
      );
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

/** Bucket of a float from its bits. Buckets ascend with the values, so the bits of negative numbers are inverted. */
function bucketOf(bits: number): number {
  return bits < 0 ? ~bits >>> 19 & 0x0fff : bits >>> 19 | 0x1000;
}
