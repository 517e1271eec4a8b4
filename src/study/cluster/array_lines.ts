import { ARRAY_SIZE } from "./engine_scripts.ts";
import { indexRanges } from "./index_ranges.ts";

/** One Slurm array. Its task numbers are those in `list`; the shard number is the task number plus `offset`. */
export interface ArrayLine {
  /** Added to a task number to give the shard number. */
  readonly offset: number;
  /** Task numbers in Slurm's notation, such as `3,7-9`. */
  readonly list: string;
}

/**
 * Divides shards into arrays with task numbers below {@linkcode ARRAY_SIZE}, because Slurm's default settings limit the
 * task numbers.
 */
export function arrayLines(shards: readonly number[]): ArrayLine[] {
  const blocks = Map.groupBy(shards, (index) => Math.floor(index / ARRAY_SIZE) * ARRAY_SIZE);
  return [...blocks].map(([offset, some]) => ({
    offset,
    list: indexRanges(some.map((index) => index - offset)),
  }));
}
