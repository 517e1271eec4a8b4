import { checkRows } from "./check_rows.ts";
import { simdKernel } from "./simd_kernel.ts";
import { InputError } from "../input_error.ts";

/** Options of {@linkcode whitenedLengths}. */
export interface WhitenedLengthsOptions {
  mean: Float64Array; // [d]
  /** Lower Cholesky factor L. */
  lower: Float64Array; // [d, d]
  /** Use two-lane SIMD if the engine supports it; the result is identical to the last bit. @default {true} */
  simd?: boolean;
}

/**
 * |L^-1 (x - mean)| of every row x of `rows` [n, d], the Mahalanobis distance. Four rows are multiplied at a time with
 * four rows of the inverted factor. The factor is stored in groups of four rows padded with zeros, so the loops need
 * not handle its triangular shape.
 *
 * @throws {TypeError} if the lengths do not match.
 * @throws {InputError} if a value is not finite, with its row and column, or a length is not finite.
 */
export function whitenedLengths(
  rows: Float64Array,
  { mean, lower, simd = true }: WhitenedLengthsOptions,
): Float64Array {
  const d = mean.length;
  if (lower.length !== d * d || d === 0) {
    throw new TypeError(`Cannot whiten: ${d} columns need a ${d} x ${d} factor, got ${lower.length} values`);
  }
  if (rows.length % d !== 0) checkRows(rows, d);
  const weights = groupedInverse(lower, d);
  const out = new Float64Array(rows.length / d); // [n]
  // With fewer rows, starting the module takes longer than it saves.
  const done = simd && out.length >= 256 && runSimd(rows, { mean, weights, out });
  if (!done) runPlain(rows, { mean, weights, out });
  // A non-finite value makes its row's length non-finite, and checking n lengths is cheaper than checking n x d values.
  if (!out.every(Number.isFinite)) {
    checkRows(rows, d);
    throw new InputError("Cannot whiten: a length is too large for a number");
  }
  return out;
}

/** What both implementations get, and the array that they fill. */
interface Job {
  mean: Float64Array;
  weights: Float64Array; // from groupedInverse
  out: Float64Array; // [n]
}

/**
 * L^-1 in groups of four rows, [groups][k][4], k up to the group's last row; zeros above the diagonal and below row
 * d.
 */
function groupedInverse(l: Float64Array, d: number): Float64Array {
  const inverse = new Float64Array(d * d); // [d, d]
  for (let k = 0; k < d; k++) {
    inverse[k * d + k] = 1 / l[k * d + k];
    for (let i = k + 1; i < d; i++) {
      let s = 0;
      for (let j = k; j < i; j++) s -= l[i * d + j] * inverse[j * d + k];
      inverse[i * d + k] = s / l[i * d + i];
    }
  }
  const groups = Math.ceil(d / 4), grouped = new Float64Array(8 * groups * (groups + 1));
  for (let i = 0; i < d; i++) {
    const g = i >> 2, start = 8 * g * (g + 1);
    for (let k = 0; k <= i; k++) grouped[start + 4 * k + i % 4] = inverse[i * d + k];
  }
  return grouped;
}

function runPlain(rows: Float64Array, { mean, weights, out }: Job): void {
  const d = mean.length, n = out.length, groups = Math.ceil(d / 4);
  const centred = new Float64Array(16 * groups); // [4 groups, 4], zeros from row d on
  for (let r = 0; r < n; r += 4) {
    const count = Math.min(4, n - r);
    for (let lane = 0; lane < count; lane++) {
      for (let k = 0, at = (r + lane) * d; k < d; k++) centred[4 * k + lane] = rows[at++] - mean[k];
    }
    let sumA = 0, sumB = 0, sumC = 0, sumD = 0;
    for (let i = 0; i < d; i++) {
      const g = i >> 2;
      let a = 0, b = 0, c = 0, e = 0;
      for (let k = 0, at = 8 * g * (g + 1) + i % 4; k <= i; k++, at += 4) {
        const w = weights[at], q = 4 * k;
        a += w * centred[q];
        b += w * centred[q + 1];
        c += w * centred[q + 2];
        e += w * centred[q + 3];
      }
      sumA += a * a;
      sumB += b * b;
      sumC += c * c;
      sumD += e * e;
    }
    out[r] = Math.sqrt(sumA);
    if (count > 1) out[r + 1] = Math.sqrt(sumB);
    if (count > 2) out[r + 2] = Math.sqrt(sumC);
    if (count > 3) out[r + 3] = Math.sqrt(sumD);
  }
}

/** Returns false if the engine has no SIMD or the page's security policy forbids compiling. */
function runSimd(rows: Float64Array, { mean, weights, out }: Job): boolean {
  const d = mean.length, n = out.length, groups = Math.ceil(d / 4);
  // At most 512 KiB of rows, which fit in the processor's cache.
  const rowsAtOnce = Math.min(Math.ceil(n / 4) * 4, 4 * Math.max(1, Math.floor(16_384 / d)));
  const places = { mean: 0, weights: d, scratch: d + weights.length, rows: 0, out: 0 };
  places.scratch += places.scratch % 2; // 16-byte aligned
  places.rows = places.scratch + 16 * groups;
  places.out = places.rows + rowsAtOnce * d;
  const module = compile();
  if (!module) return false;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((places.out + rowsAtOnce) * 8 / 65_536) });
  const { run } = new WebAssembly.Instance(module, { m: { memory } }).exports as {
    run: (...addresses: number[]) => void;
  };
  const floats = new Float64Array(memory.buffer);
  floats.set(mean, places.mean);
  floats.set(weights, places.weights);
  for (let r = 0; r < n; r += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, n - r);
    floats.set(rows.subarray(r * d, (r + count) * d), places.rows);
    run(
      places.rows * 8,
      Math.ceil(count / 4),
      d * 8,
      places.mean * 8,
      places.weights * 8,
      groups,
      places.scratch * 8,
      places.out * 8,
    );
    out.set(floats.subarray(places.out, places.out + count), r);
  }
  return true;
}

let compiled: WebAssembly.Module | null | undefined;

function compile(): WebAssembly.Module | null {
  if (compiled === undefined) {
    try {
      compiled = typeof WebAssembly === "undefined" ? null : new WebAssembly.Module(simdKernel());
    } catch (error) {
      if (!(error instanceof WebAssembly.CompileError)) throw error;
      compiled = null;
    }
  }
  return compiled;
}
