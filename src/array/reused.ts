/** Typed arrays that {@linkcode reused} keeps. */
type Numbers = Float64Array | Float32Array | Int32Array | Uint8Array;

/**
 * A buffer that is reused from call to call, because allocating and freeing it for every image costs more than most
 * loops over it.
 *
 * @param Type The array type.
 * @returns A function that returns an array of the given length. All returned arrays share memory until a larger one
 * is needed, and their values are not cleared.
 */
export function reused<T extends Numbers>(Type: new (length: number) => T): (length: number) => T {
  let kept = new Type(0);
  return (length) => {
    if (kept.length < length) kept = new Type(length);
    return kept.subarray(0, length) as T;
  };
}
