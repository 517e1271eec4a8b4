import { writeAtomic } from "../../files/write_atomic.ts";
import type { OpenPlan } from "./cluster_plan.ts";

/** Marker file of a finished shard. */
export interface ShardMarker {
  /** sha256 of the plan's file; the marker is valid only for this plan. */
  readonly plan: string;
  /** Index of the shard, from 0. */
  readonly index: number;
  /** sha256 of the record of each portion (see `PlannedShard`), in order; a record contains the hash of its crops. */
  readonly records: readonly string[];
  /** Number of films in the shard. */
  readonly films: number;
  /** Number of heads that were measured. */
  readonly heads: number;
  /** Number of heads that could not be measured. */
  readonly failures: number;
}

const FOLDER = "done";
const pathOf = (folder: string, index: number) =>
  `${folder}/${FOLDER}/${String(index).padStart(6, "0")}.json`;

/** Writes a shard's marker atomically. `writer` distinguishes processes that write the same shard at the same time. */
export async function writeMarker(
  { folder }: OpenPlan,
  marker: ShardMarker,
  { writer }: { writer: string },
): Promise<void> {
  await Deno.mkdir(`${folder}/${FOLDER}`, { recursive: true });
  await writeAtomic(pathOf(folder, marker.index), JSON.stringify(marker), { writer });
}

/** Removes a shard's marker, so that the shard is run again. */
export async function removeMarker({ folder }: OpenPlan, index: number): Promise<void> {
  await Deno.remove(pathOf(folder, index)).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

/** A shard's marker, or null if the marker is missing, is incomplete, or belongs to another plan or shard. */
export async function readMarker({ folder, sha256 }: OpenPlan, index: number): Promise<ShardMarker | null> {
  try {
    const marker: ShardMarker = JSON.parse(await Deno.readTextFile(pathOf(folder, index)));
    return marker.plan === sha256 && marker.index === index ? marker : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The shards of a plan that have a marker. */
export async function doneShards(open: OpenPlan): Promise<Set<number>> {
  const done = new Set<number>();
  for (const { index } of open.plan.shards) if (await readMarker(open, index)) done.add(index);
  return done;
}

/** The shards of a plan without a marker, ascending. */
export async function missingShards(open: OpenPlan): Promise<number[]> {
  const done = await doneShards(open);
  return open.plan.shards.map(({ index }) => index).filter((index) => !done.has(index));
}

/** Whether the merge of this plan has finished. */
export async function isMerged({ folder, sha256 }: OpenPlan): Promise<boolean> {
  try {
    return JSON.parse(await Deno.readTextFile(`${folder}/merged.json`)).plan === sha256;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return false;
    throw error;
  }
}
