import { assertThrows } from "@std/assert";

/** Checks that a test of several groups rejects a single group, an empty one and NaN. */
export function assertRefusesGroups(test: (groups: number[][]) => unknown): void {
  assertThrows(() => test([[1, 2]]), RangeError, "at least 2 groups");
  assertThrows(() => test([[1, 2], []]), RangeError, "group 1");
  assertThrows(() => test([[1, 2], [NaN]]), RangeError, "NaN at index 0");
}
