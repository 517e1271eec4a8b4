import { assert } from "@std/assert";
import { readFixture } from "./read_fixture.ts";

/** Two to six groups with R's results (`groups.R`). */
export interface GroupCase {
  readonly groups: number[][];
  // deno-lint-ignore no-explicit-any
  readonly r: any;
}

const r = readFixture("groups_r.json");
/** All cases whose values are not all equal; there must be at least 100. */
export const groupCases: GroupCase[] = readFixture("groups.json")
  .map((groups: number[][], i: number) => ({ groups, r: r[i] }))
  .filter(({ groups }: GroupCase) => new Set(groups.flat()).size > 1);
assert(groupCases.length >= 100);
