import type { ComparisonTable } from "./comparison.ts";
import { column } from "./read_column.ts";
import { InputError } from "../../input_error.ts";

/** The name of the head in each row. */
export interface HeadNames {
  readonly list: readonly string[]; // [n]
  /** The columns of the names, for messages. */
  readonly columns: string;
  /** Whether each name may occur only once. */
  readonly once: boolean;
}

/**
 * The heads' names from the requested column or from `head_id`. Otherwise they are taken from the columns of a cohort
 * file (`head`, or `radiograph` and `side`) if these have more different values than half the number of rows;
 * otherwise the columns are assumed to contain categories. Null if there are no names.
 */
export function headNames(table: ComparisonTable, n: number, head?: string): HeadNames | null {
  const text = (name: string) => Array.from(column(table, name, n), (cell) => String(cell ?? ""));
  const asked = head ?? (Object.hasOwn(table, "head_id") ? "head_id" : undefined);
  if (asked !== undefined) return { list: text(asked), columns: asked, once: true };
  const found = [["head"], ["radiograph", "side"]].find((names) =>
    names.every((c) => Object.hasOwn(table, c))
  );
  if (!found) return null;
  const parts = found.map(text), list = parts[0].map((_, i) => parts.map((part) => part[i]).join(" "));
  return new Set(list).size > n / 2 ? { list, columns: found.join(" and "), once: false } : null;
}

/**
 * Throws an error if a head is in two clusters, or in two rows although names may occur only once.
 *
 * @throws {InputError} naming the column and both rows.
 */
export function refuseSplitHeads(
  { list, columns, once }: HeadNames,
  { clusterNames, nameRow, firstRow, cluster }: {
    clusterNames: string[] | null;
    nameRow: (i: number) => string;
    /** Number of the first row in messages. */
    firstRow: number;
    cluster?: string;
  },
): void {
  const seen = new Map<string, number>();
  list.forEach((name, i) => {
    const before = seen.get(name);
    if (before === undefined) return void seen.set(name, i);
    if (clusterNames && clusterNames[before] !== clusterNames[i]) {
      throw new InputError(
        `Cannot compare: column "${cluster}" assigns a head to two clusters, ${nameRow(i)} to "${
          clusterNames[i]
        }" ` +
          `and row ${before + firstRow} to "${clusterNames[before]}"`,
      );
    }
    if (!once) return;
    throw new InputError(
      `Cannot compare: column "${columns}" must name each head once, ${nameRow(i)} repeats row ${
        before + firstRow
      }`,
    );
  });
}
