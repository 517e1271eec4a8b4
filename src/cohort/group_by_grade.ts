import type { GivenGrade, Grade } from "../types.ts";

/**
 * Groups rows by grade. Every grade from 0 to 4 has a group; rows without a grade are omitted. The order of rows is
 * kept.
 */
export function groupByGrade<T extends { readonly grade: GivenGrade }>(
  rows: readonly T[],
): ReadonlyMap<Grade, T[]> {
  const groups = new Map<Grade, T[]>([[0, []], [1, []], [2, []], [3, []], [4, []]]);
  for (const row of rows) if (row.grade >= 0) groups.get(row.grade as Grade)!.push(row);
  return groups;
}
