import { InputError } from "../input_error.ts";

/** A seeded random number generator; calling it returns a uniform number in [0, 1). */
export interface Prng {
  (): number;
  /** Standard normal number (Marsaglia's polar method). */
  normal(): number;
  /** Integer in [0, n). */
  integer(n: number): number;
  /** An independent generator named by `label`; the parent's sequence is not affected. */
  fork(label: string | number): Prng;
}

/** 32-bit FNV-1a hash of a text, for seeding generators by name. */
function hashLabel(label: string, basis: number): number {
  let hash = basis >>> 0;
  for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** splitmix32: expands one seed to the generator's state. */
function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}

/**
 * xoshiro128** 1.1 (Blackman and Vigna 2021, ACM TOMS 47:36), seeded by splitmix32, with 32 random bits per number.
 * The same seed gives the same sequence everywhere; `fork` makes generators that do not depend on call order.
 *
 * @throws {InputError} if `seed` is not an integer in [0, 2^53).
 */
export function seededPrng(seed: number): Prng {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new InputError(
      `Cannot seed the random numbers: a seed must be a whole number from 0 to 2^53 - 1, got ${seed}`,
    );
  }
  const mix = splitmix32(seed ^ Math.imul(Math.floor(seed / 2 ** 32), 0x85ebca6b));
  let a = mix(), b = mix(), c = mix(), d = mix() | 1;
  let spare = NaN;
  const next = (() => {
    const scaled = Math.imul(b, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result / 4294967296;
  }) as Prng;
  next.normal = () => {
    if (spare === spare) {
      const kept = spare;
      spare = NaN;
      return kept;
    }
    let u: number, v: number, s: number;
    do {
      u = 2 * next() - 1;
      v = 2 * next() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const factor = Math.sqrt(-2 * Math.log(s) / s);
    spare = v * factor;
    return u * factor;
  };
  next.integer = (n) => Math.floor(next() * n);
  next.fork = (label) =>
    seededPrng(
      hashLabel(String(label), 0x811c9dc5 ^ seed) * 2097152 + (hashLabel(String(label), seed + 7) >>> 11),
    );
  return next;
}
