/** Typed arrays that {@linkcode reused} keeps. */
type Numbers = Float64Array | Float32Array | Int32Array | Uint8Array;

/**
 * Memory that a function uses again at its next call: taking and freeing it for every picture costs more than most loops over it.
 *
 * @param Type The kind of array.
 * @returns A function that gives so many numbers, whatever they were before; the same memory every time.
 */
export function reused<T extends Numbers>(Type: new (length: number) => T): (length: number) => T {
  let kept = new Type(0);
  return (length) => {
    if (kept.length < length) kept = new Type(length);
    return kept.subarray(0, length) as T;
  };
}
