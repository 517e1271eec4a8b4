import { assert } from "@std/assert";
import { readFixture } from "./read_fixture.ts";

/**
 * Two samples with the results of R (`two_sample.R`) and SciPy (`two_sample.py`); keys without a result are missing.
 */
export interface TwoSampleCase {
  readonly kind: string;
  readonly a: number[];
  readonly b: number[];
  /** All values equal. */
  readonly tied: boolean;
  // deno-lint-ignore no-explicit-any
  readonly r: any;
  // deno-lint-ignore no-explicit-any
  readonly scipy: any;
}

const r = readFixture("two_sample_r.json"), scipy = readFixture("two_sample_scipy.json");
const cases: TwoSampleCase[] = readFixture("pairs.json").map((pair: TwoSampleCase, i: number) => ({
  ...pair,
  tied: new Set([...pair.a, ...pair.b]).size === 1,
  r: r[i],
  scipy: scipy[i],
}));

/** The cases with a reference result for a key; fails unless there are at least 100. */
export function casesWith(oracle: "r" | "scipy", key: string): TwoSampleCase[] {
  const found = cases.filter((c) => c[oracle][key] !== undefined);
  assert(found.length >= 100, `only ${found.length} cases of ${oracle} have ${key}`);
  return found;
}
