import type { Failure, MeasuredHead, OutlinedHead, Shard } from "../cohort/film_job.ts";
import type { CropFile } from "./kept_crops.ts";
import type { MeasuredFilm } from "./measure_film.ts";
import { sha256, sha256File } from "../../files/sha256.ts";
import { writeAtomic } from "../../files/write_atomic.ts";

/** Properties of each head that are stored; the others are taken from the cohort. */
const KEPT = [
  ...["headId", "side", "centerPx", "radiusPx", "areaPx", "confidence"] as const,
  ...["quality", "headRadiusMm", "filmPx", "dice", "outline"] as const,
] as const;
type Kept = Pick<MeasuredHead, typeof KEPT[number]>;

/** Record of a finished shard; valid only if the key and the hash of the crops match. */
interface ShardRecord {
  /** Hash of everything the result depends on. */
  readonly key: string;
  readonly cropsSha256: string;
  readonly heads: readonly Kept[];
  readonly failures: readonly Failure[];
  readonly pixels: MeasuredFilm["pixels"];
  readonly headerSides: MeasuredFilm["headerSides"];
}

const pathsOf = (folder: string, { index }: Pick<Shard, "index">) => {
  const stem = `${folder}/heads-${String(index).padStart(5, "0")}`;
  return { record: `${stem}.json`, crops: `${stem}.crops` };
};

/** JSON has no NaN, so missing numbers are stored as null. */
const toNull = (_: string, value: unknown) =>
  typeof value === "number" && !Number.isFinite(value) ? null : value;
const toNaN = (value: number | null) => value === null ? NaN : value;

/**
 * Parses a record and restores NaN. A reviver of JSON.parse would be slow, because it would be called for every number
 * of every outline.
 */
function parseRecord(text: string): ShardRecord {
  const record: ShardRecord = JSON.parse(text);
  const heads = record.heads.map((head) => {
    const { centerPx: [x, y], radiusPx, areaPx, confidence, headRadiusMm, dice } = head;
    return {
      ...head,
      centerPx: [toNaN(x), toNaN(y)] as const,
      radiusPx: toNaN(radiusPx),
      areaPx: toNaN(areaPx),
      confidence: toNaN(confidence),
      headRadiusMm: toNaN(headRadiusMm),
      dice: toNaN(dice),
    };
  });
  return { ...record, heads };
}

/** Files of a measured shard, from which crops and outlines are read on demand. */
export interface KeptFiles {
  /** Path of the record, which also contains the outlines. */
  readonly record: string;
  /** sha256 of the record, which contains the heads, the hash of their crops, and the key of the shard's inputs. */
  readonly recordSha256: string;
  /** The crops. */
  readonly crops: CropFile;
}

/** A measured shard: its heads without crops and outlines, which stay on disk. */
export interface KeptShard extends Omit<MeasuredFilm, "crops"> {
  readonly files: KeptFiles;
}

/** Writes a shard's crops and then its record, so that the crops are complete whenever a record exists. */
export async function writeShard(
  shard: Shard,
  { heads, crops, failures, pixels, headerSides }: MeasuredFilm,
  { folder, key, writer }: { folder: string; key: string; writer?: string },
): Promise<KeptShard> {
  const paths = pathsOf(folder, shard);
  const packed = new Uint8Array(crops.reduce((sum, crop) => sum + crop.length, 0)); // [heads, sizePx, sizePx]
  crops.reduce((at, crop) => (packed.set(crop, at), at + crop.length), 0);
  const kept = heads.map((head) =>
    Object.fromEntries(KEPT.map((name) => [name, head[name]])) as unknown as Kept
  );
  const record: ShardRecord = {
    key,
    cropsSha256: sha256(packed),
    heads: kept,
    failures,
    pixels,
    headerSides,
  };
  const text = JSON.stringify(record, toNull);
  await writeAtomic(paths.crops, packed, { writer });
  await writeAtomic(paths.record, text, { writer });
  return keptShard(shard, record, { paths, recordSha256: sha256(text) });
}

function keptShard(
  shard: Shard,
  { heads, failures, pixels, headerSides }: ShardRecord,
  { paths, recordSha256 }: { paths: ReturnType<typeof pathsOf>; recordSha256: string },
): KeptShard {
  const expected = new Map(
    shard.jobs.flatMap((job) => job.heads.map((head) => [head.headId, { ...head, film: job.film }])),
  );
  return {
    heads: heads.map(({ outline: _, ...kept }): MeasuredHead => ({ ...expected.get(kept.headId)!, ...kept })),
    ...{ failures, pixels, headerSides },
    files: { record: paths.record, recordSha256, crops: { path: paths.crops, count: heads.length } },
  };
}

/**
 * sha256 of a shard's record, which contains the hash of its crops.
 *
 * @throws {Deno.errors.NotFound} if there is no record.
 */
export async function shardRecordSha256(shard: Pick<Shard, "index">, folder: string): Promise<string> {
  return await sha256File(pathsOf(folder, shard).record);
}

/** How a stored shard is checked: by the key of its inputs, or by the hash of its record. */
export type ShardProof = { readonly key: string } | { readonly recordSha256: string };

/**
 * Reads the result of an earlier run for a shard; null if it is missing or incomplete, does not match the key or hash,
 * or its crops were changed.
 */
export async function readShard(
  shard: Shard,
  { folder, ...proof }: { folder: string } & ShardProof,
): Promise<KeptShard | null> {
  const paths = pathsOf(folder, shard);
  try {
    const text = await Deno.readTextFile(paths.record), recordSha256 = sha256(text);
    if ("recordSha256" in proof && recordSha256 !== proof.recordSha256) return null;
    const record = parseRecord(text);
    if (("key" in proof && record.key !== proof.key) || !record.headerSides) return null;
    if (await sha256File(paths.crops) !== record.cropsSha256) return null;
    return keptShard(shard, record, { paths, recordSha256 });
  } catch {
    return null; // missing or incomplete: the shard is measured again
  }
}

/** Reads the outlines of all heads in the order of the shards; only one shard is in memory at a time. */
export async function* readOutlines(
  shards: readonly Pick<KeptFiles, "record">[],
): AsyncGenerator<OutlinedHead> {
  for (const { record } of shards) yield* parseRecord(await Deno.readTextFile(record)).heads;
}
