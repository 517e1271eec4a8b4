import type { ComparisonTable } from "./comparison.ts";
import { column } from "./read_column.ts";
import { InputError } from "../../input_error.ts";

/** What each row's head is called, and whether a name may come once only. */
export interface HeadNames {
  readonly list: readonly string[];
  readonly columns: string;
  readonly once: boolean;
}

/** The column asked for or `head_id`; else what cohort files have, if it looks like names rather than a category. */
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
 * Refuses a head that stands under two clusters, or in two rows where names may come once only.
 *
 * @throws {InputError} naming the column and both rows.
 */
export function refuseSplitHeads(
  { list, columns, once }: HeadNames,
  { owners, nameRow, cluster }: {
    owners: string[] | null;
    nameRow: (i: number) => string;
    cluster?: string;
  },
): void {
  const seen = new Map<string, number>();
  list.forEach((name, i) => {
    const before = seen.get(name);
    if (before === undefined) return void seen.set(name, i);
    if (owners && owners[before] !== owners[i]) {
      throw new InputError(
        `Cannot compare: column "${cluster}" splits a head, ${nameRow(i)} is of "${owners[i]}" ` +
          `and row ${before + 1} of "${owners[before]}"`,
      );
    }
    if (!once) return;
    throw new InputError(
      `Cannot compare: column "${columns}" names each head once, ${nameRow(i)} repeats row ${before + 1}`,
    );
  });
}
