import { assertThrows } from "@std/assert";

/** Checks that a test of two samples rejects an empty first sample, NaN and infinity. */
export function assertRefusesSamples(test: (a: number[], b: number[]) => unknown): void {
  assertThrows(() => test([], [1, 2, 3]), RangeError, "got 0");
  assertThrows(() => test([1, 2, NaN], [1, 2, 3]), RangeError, "NaN at index 2");
  assertThrows(() => test([1, 2, 3], [1, Infinity, 3]), RangeError, "Infinity at index 1");
}
