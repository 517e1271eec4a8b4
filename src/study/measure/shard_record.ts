import type { Failure, MeasuredHead, Shard } from "../cohort/film_job.ts";
import type { MeasuredFilm } from "./measure_film.ts";
import { sha256, sha256File } from "../../files/sha256.ts";
import { writeAtomic } from "../../files/write_atomic.ts";

/** What is kept of one head beside what the cohort file says of it. */
const KEPT = [
  ...["headId", "side", "centerPx", "radiusPx", "areaPx", "confidence"] as const,
  ...["quality", "headRadiusMm", "filmPx", "dice", "outline"] as const,
] as const;
type Kept = Pick<MeasuredHead, typeof KEPT[number]>;

/** Record of a finished shard; valid only if key and hash match. */
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

/** JSON has no NaN: a missing number is null. */
const toNull = (_: string, value: unknown) =>
  typeof value === "number" && !Number.isFinite(value) ? null : value;
const toNaN = (key: string, value: unknown) => value === null && key !== "truth" ? NaN : value;

/** Keeps a shard's heads and crops on disk, crops first, so that a record implies complete crops. */
export async function writeShard(
  shard: Shard,
  { heads, crops, failures, pixels, headerSides }: MeasuredFilm,
  { folder, key, writer }: { folder: string; key: string; writer?: string },
): Promise<void> {
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
  await writeAtomic(paths.crops, packed, { writer });
  await writeAtomic(paths.record, JSON.stringify(record, toNull), { writer });
}

/** sha256 of a shard's record, which holds the hash of its crops. @throws {Deno.errors.NotFound} if it is not there. */
export async function shardRecordSha256(shard: Pick<Shard, "index">, folder: string): Promise<string> {
  return await sha256File(pathsOf(folder, shard).record);
}

/** What a kept shard must be: the work of this key, or the very record of this hash. */
export type ShardProof = { readonly key: string } | { readonly recordSha256: string };

/** What an earlier run measured of this shard under the same key, or null. */
export async function readShard(
  shard: Shard,
  { folder, ...proof }: { folder: string } & ShardProof,
): Promise<MeasuredFilm | null> {
  const paths = pathsOf(folder, shard);
  try {
    const text = await Deno.readTextFile(paths.record);
    if ("recordSha256" in proof && sha256(text) !== proof.recordSha256) return null;
    const record: ShardRecord = JSON.parse(text, toNaN);
    if (("key" in proof && record.key !== proof.key) || !record.headerSides) return null;
    const packed = await Deno.readFile(paths.crops);
    if (sha256(packed) !== record.cropsSha256) return null;
    const expected = new Map(
      shard.jobs.flatMap((job) => job.heads.map((head) => [head.headId, { ...head, film: job.film }])),
    );
    const heads = record.heads.map((kept): MeasuredHead => ({ ...expected.get(kept.headId)!, ...kept }));
    const size = packed.length / Math.max(1, heads.length);
    const crops = heads.map((_, i) => packed.slice(i * size, (i + 1) * size));
    return {
      heads,
      crops,
      failures: record.failures,
      pixels: record.pixels,
      headerSides: record.headerSides,
    };
  } catch {
    return null; // missing or torn: the shard is measured again
  }
}
