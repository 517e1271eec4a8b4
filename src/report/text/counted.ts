import type { Cited } from "./prose.ts";

/**
 * A number that was computed from the rows of a table, to be cited in a text.
 *
 * @param how How it was computed, such as "rows with grade 0"; printed as its source.
 * @param options.file The table. @default {"heads.parquet"}
 * @param options.decimals Number of decimals. @default none for whole numbers, 2 for others
 * @throws {RangeError} if the number is not finite.
 */
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

/** Median; NaN if there is no value. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b), half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
