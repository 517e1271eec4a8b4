import { ARRAY_SIZE } from "./engine_scripts.ts";
import { indexRanges } from "./index_ranges.ts";

/** One Slurm array: its tasks are numbered as in `list`, its shards `offset` higher. */
export interface ArrayLine {
  /** Added to the number of a task. */
  readonly offset: number;
  /** Numbers of tasks as Slurm writes them, such as `3,7-9`. */
  readonly list: string;
}

/** Shards as arrays of numbers below {@linkcode ARRAY_SIZE}, as Slurm allows no larger ones by default. */
export function arrayLines(shards: readonly number[]): ArrayLine[] {
  const blocks = Map.groupBy(shards, (index) => Math.floor(index / ARRAY_SIZE) * ARRAY_SIZE);
  return [...blocks].map(([offset, some]) => ({
    offset,
    list: indexRanges(some.map((index) => index - offset)),
  }));
}
