/**
 * The assertions used by the tests; deno.json maps `@std/assert` to this file. All but `assertClose` have the names
 * that they have in Deno's standard library.
 */
import assertStrict from "node:assert/strict";

/** Fails unless `value` is truthy. */
export function assert(value: unknown, message?: string): asserts value {
  assertStrict.ok(value, message as string);
}

/** Fails unless both are deeply and strictly equal. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  assertStrict.deepStrictEqual(actual, expected, message as string);
}

/** Fails unless `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  assertStrict.ok(
    actual.includes(expected),
    message ?? `Expected ${JSON.stringify(expected)} in:\n${actual}`,
  );
}

/** Fails unless `actual` matches `expected`. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  assertStrict.match(actual, expected, message as string);
}

// deno-lint-ignore no-explicit-any
type ErrorClass = abstract new (...args: any[]) => Error;

function checkThrown(error: unknown, kind: ErrorClass, includes: string): void {
  assertStrict.ok(error instanceof kind, `Expected ${kind.name}, got ${error}`);
  assertStrict.ok(
    error.message.includes(includes),
    `Expected ${JSON.stringify(includes)} in: ${error.message}`,
  );
}

/** Fails unless `run` throws a `kind` whose message contains `includes`. */
export function assertThrows(run: () => unknown, kind: ErrorClass = Error, includes = ""): void {
  try {
    run();
  } catch (error) {
    return checkThrown(error, kind, includes);
  }
  assertStrict.fail(`Expected ${kind.name} to be thrown`);
}

/** Fails unless `run` rejects with a `kind` whose message contains `includes`. */
export async function assertRejects(
  run: () => Promise<unknown>,
  kind: ErrorClass = Error,
  includes = "",
): Promise<void> {
  try {
    await run();
  } catch (error) {
    return checkThrown(error, kind, includes);
  }
  assertStrict.fail(`Expected a rejection with ${kind.name}`);
}

/** Tolerances of {@linkcode assertClose}, as in `numpy.allclose`. */
export interface CloseOptions {
  /** Relative tolerance. @default {1e-9} */
  relative?: number;
  /** Absolute tolerance. @default {0} */
  absolute?: number;
}

/**
 * Fails unless every actual value a and expected value e are identical (NaN, infinity) or
 * |a - e| <= absolute + relative * |e|; the message gives the first index at which they are not.
 */
export function assertClose(
  actual: ArrayLike<number> | number,
  expected: ArrayLike<number> | number,
  { relative = 1e-9, absolute = 0 }: CloseOptions = {},
): void {
  const got = typeof actual === "number" ? [actual] : actual;
  const want = typeof expected === "number" ? [expected] : expected;
  assertStrict.equal(got.length, want.length, `Lengths differ: ${got.length} and ${want.length}`);
  for (let i = 0; i < want.length; i++) {
    const close = Object.is(got[i], want[i]) ||
      Math.abs(got[i] - want[i]) <= absolute + relative * Math.abs(want[i]);
    if (!close) assertStrict.fail(`Index ${i}: got ${got[i]}, expected ${want[i]}`);
  }
}
