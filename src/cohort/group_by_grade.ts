import type { Grade } from "../types.ts";

/** Rows by grade, 0 to 4, every grade present; the order of rows is kept. */
export function groupByGrade<T extends { readonly grade: Grade }>(
  rows: readonly T[],
): ReadonlyMap<Grade, T[]> {
  const groups = new Map<Grade, T[]>([[0, []], [1, []], [2, []], [3, []], [4, []]]);
  for (const row of rows) groups.get(row.grade)!.push(row);
  return groups;
}
