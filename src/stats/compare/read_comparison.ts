import type { CompareOptions, ComparisonTable } from "./comparison.ts";
import { column, toNumber } from "./read_column.ts";
import { headNames, refuseSplitHeads } from "./refuse_split_heads.ts";
import { InputError } from "../../input_error.ts";

/** The checked columns of a comparison, with groups and clusters as indices. */
export interface ComparisonColumns {
  readonly values: Float64Array; // [n]
  /** Index into `labels`. */
  readonly group: Int32Array; // [n]
  readonly labels: readonly string[];
  readonly cluster: Int32Array; // [n]
  readonly clusters: number;
  /** Name of a row in error messages. */
  readonly nameRow: (i: number) => string;
}

/**
 * Reads and checks the columns that a comparison needs.
 *
 * @throws {InputError} if a column is missing or has another length, a value is not finite or beyond 1e150, a label is
 * empty, the order leaves out a group or lists one twice, there are fewer than two groups or clusters, a group has
 * fewer than two heads, the values do not vary, or a head is in two rows or in two clusters. The message names the
 * column; if the error is about a cell, it also names the row and, if known, the head.
 */
export function readComparison(
  table: ComparisonTable,
  { value, group, cluster, order, head, firstRow = 1 }: CompareOptions,
): ComparisonColumns {
  const n = column(table, group).length;
  const names = headNames(table, n, head);
  const nameRow = (i: number) =>
    names ? `row ${i + firstRow} (head "${names.list[i]}")` : `row ${i + firstRow}`;
  const values = readNumbers(table, value, { n, nameRow });
  const groups = readTexts(table, group, { n, nameRow });
  const clusterNames = cluster === undefined ? null : readTexts(table, cluster, { n, nameRow });
  if (names) refuseSplitHeads(names, { clusterNames, nameRow, firstRow, cluster });
  const labels = orderGroups(groups, { group, order });
  const index = new Map(labels.map((label, i) => [label, i]));
  const codes = Int32Array.from(groups, (label) => index.get(label)!);
  refuseThinGroups(codes, labels, group);
  if (values.every((v) => v === values[0])) {
    throw new InputError(
      `Cannot compare: column "${value}" has zero variance, all ${n} values are ${values[0]}`,
    );
  }
  const found = new Map<string, number>();
  const clusterIndex = Int32Array.from({ length: n }, (_, i) => {
    const key = clusterNames ? clusterNames[i] : String(i);
    if (!found.has(key)) found.set(key, found.size);
    return found.get(key)!;
  });
  if (found.size < 2) {
    throw new InputError(`Cannot compare: column "${cluster}" must have at least 2 clusters, got 1`);
  }
  return { values, group: codes, labels, cluster: clusterIndex, clusters: found.size, nameRow };
}

interface Reading {
  n: number;
  nameRow: (i: number) => string;
}

/** A column of finite numbers; numbers written as text are accepted. */
function readNumbers(table: ComparisonTable, name: string, { n, nameRow }: Reading): Float64Array {
  const cells = column(table, name, n);
  return Float64Array.from({ length: n }, (_, i) => {
    const number = toNumber(cells[i]);
    // Squares of larger values would overflow.
    if (!(Math.abs(number) <= 1e150)) {
      throw new InputError(
        `Cannot compare: column "${name}" must contain finite numbers (up to 1e150), got ${
          cellText(cells[i])
        } in ${nameRow(i)}`,
      );
    }
    return number;
  });
}

/** A cell in an error message. In tables read from a file, an empty cell of a numeric column is NaN. */
function cellText(cell: unknown): string {
  const text = cell === null || cell === undefined || Number.isNaN(cell) ? "" : String(cell).trim();
  return text === "" ? "no number" : `"${text}"`;
}

/** A column of labels, none of them empty. */
function readTexts(table: ComparisonTable, name: string, { n, nameRow }: Reading): string[] {
  const cells = column(table, name, n);
  return Array.from({ length: n }, (_, i) => {
    const cell = cells[i];
    const text = cell === null || cell === undefined || Number.isNaN(cell) ? "" : String(cell).trim();
    if (text === "") {
      throw new InputError(
        `Cannot compare: column "${name}" must have a label in every row, got none in ${nameRow(i)}`,
      );
    }
    return text;
  });
}

/** The groups in the requested order. Without one, numbers are sorted in ascending order, other labels by code unit. */
function orderGroups(
  groups: string[],
  { group, order }: { group: string; order?: readonly string[] },
): string[] {
  const found = [...new Set(groups)];
  if (found.length === 0) throw new InputError("Cannot compare: the table has no rows");
  if (found.length < 2) {
    throw new InputError(
      `Cannot compare: column "${group}" must have at least 2 groups, got one ("${found[0] ?? ""}")`,
    );
  }
  if (!order) {
    const numeric = found.every((v) => Number.isFinite(toNumber(v)));
    return found.sort(numeric ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : 1));
  }
  const requested = order.map((v) => String(v).trim());
  const twice = requested.find((v, i) => requested.indexOf(v) !== i);
  const absent = requested.find((v) => !found.includes(v));
  const omitted = found.find((v) => !requested.includes(v));
  if (twice !== undefined || absent !== undefined || omitted !== undefined) {
    const why = twice !== undefined
      ? `"${twice}" is listed twice`
      : absent !== undefined
      ? `no row has "${absent}"`
      : `it leaves out "${omitted}"`;
    throw new InputError(
      `Cannot compare: the order must list each group of column "${group}" once, but ${why}`,
    );
  }
  return requested;
}

function refuseThinGroups(codes: Int32Array, labels: readonly string[], group: string): void {
  const count = new Int32Array(labels.length);
  for (const c of codes) count[c]++;
  const thin = count.findIndex((v) => v < 2);
  if (thin >= 0) {
    throw new InputError(
      `Cannot compare: each group must have at least 2 heads, "${labels[thin]}" of column "${group}" has ${
        count[thin]
      }`,
    );
  }
}
