import type { Cited } from "./prose.ts";

/** A number computed from the rows of a table, with a description of how; decimals as given, otherwise none for whole numbers and 2 for others. */
export function counted(
  value: number,
  how: string,
  { file = "heads.parquet", decimals }: { file?: string; decimals?: number } = {},
): Cited {
  if (!Number.isFinite(value)) {
    throw new RangeError(`Cannot write the report: ${how} of ${file} must be a finite number, got ${value}`);
  }
  const places = decimals ?? (Number.isInteger(value) ? 0 : 2);
  return { text: value.toFixed(places), file, pointer: how, value };
}

/** Median. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b), half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
