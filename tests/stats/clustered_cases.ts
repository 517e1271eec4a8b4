import { assert } from "@std/assert";
import { readFixture } from "./read_fixture.ts";

/** Values with groups (0 or 1) and clusters, and the results of `clustered.R` in R, with the formulas of the papers. */
export interface ClusteredCase {
  readonly x: number[];
  readonly g: number[];
  readonly c: number[];
  // deno-lint-ignore no-explicit-any
  readonly r: any;
}

const r = readFixture("clustered_r.json");
/** All cases; there must be at least 100. */
export const clusteredCases: ClusteredCase[] = readFixture("clustered.json")
  .map((one: ClusteredCase, i: number) => ({ ...one, r: r[i] }));
assert(clusteredCases.length >= 100);

/** The two groups of a case, with their clusters. */
export function splitCase({ x, g, c }: Pick<ClusteredCase, "x" | "g" | "c">) {
  const side = (v: number) => (list: number[]) => list.filter((_, i) => g[i] === v);
  return { a: side(0)(x), b: side(1)(x), labels: { clusterA: side(0)(c), clusterB: side(1)(c) } };
}
