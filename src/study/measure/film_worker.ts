import { openModel } from "../../onnx/open_model.ts";
import type { Device, Plan } from "../../types.ts";
import type { Shard } from "../cohort/film_job.ts";
import { type MeasuredFilm, measureFilm } from "./measure_film.ts";
import { filmOpener, type FilmShelf, readFilm } from "./open_film.ts";
import { serveJobs } from "../../workers/serve_jobs.ts";
import { sha256, sha256File } from "../../files/sha256.ts";
import { type KeptShard, readShard, writeShard } from "./finished_shard.ts";

/** Start message of a film worker. */
export interface FilmWorkerStart {
  /** Verified bytes of the segmentation network; null if a study has only ready-made crops. */
  readonly unet: Uint8Array | null;
  readonly unetSha256: string;
  readonly plan: Pick<Plan, "segmentation" | "crop">;
  readonly device: Device;
  readonly threads: number;
  /** Where rendered films are stored; null if films are read from files. */
  readonly shelf: FilmShelf | null;
  /** Folder for finished shards. */
  readonly folder: string;
  /** Identifies this process among others that may measure the same shard at the same time; see `writeAtomic`. */
  readonly writer?: string;
}

/** A measured shard, whose crops and outlines are on disk. */
export interface MeasuredShard extends KeptShard {
  /** True if an earlier run measured it. */
  readonly reused: boolean;
}

/**
 * Hash of everything that the result of a shard depends on: `format`, which must be increased when a change of the code
 * changes results; the network; the plan; the bytes of the films, crops and masks (for synthetic films, the fingerprint
 * of the renderer); films that timed out; and the heads that the cohort lists on the films.
 */
async function shardKey(shard: Shard, { unetSha256, plan, shelf }: FilmWorkerStart): Promise<string> {
  const fileHash = async (path: string | undefined) =>
    path === undefined ? null : await sha256File(path).catch(() => "unreadable");
  const jobs = [];
  for (const { film, source, heads } of shard.jobs) {
    const bytes = source.kind === "file" ? await fileHash(source.path) : source;
    const expected = [];
    for (const { crop, mask, ...head } of heads) {
      expected.push({ ...head, crop: await fileHash(crop), mask: await fileHash(mask) });
    }
    jobs.push({ film, bytes, expected });
  }
  const { segmentation, crop } = plan;
  const parts = {
    format: 10,
    unetSha256,
    segmentation,
    crop,
    shelf: shelf?.fingerprint,
    silent: shard.silent,
    jobs,
  };
  return sha256(JSON.stringify(parts));
}

// Worker of `measureCohort`: measures the films of a shard, or reads the result of an earlier run.
serveJobs<FilmWorkerStart, Shard, MeasuredShard>(async (start) => {
  const { unet: bytes, plan, device, threads, shelf, folder, writer } = start;
  const unet = bytes ? await openModel(bytes, { device, threads }) : null;
  const tools = {
    unet,
    plan,
    openFilm: filmOpener(shelf, { writer }),
    readFilm: (path: string) => readFilm(path),
  };
  return async (shard, beat) => {
    const key = await shardKey(shard, start);
    const kept = await readShard(shard, { folder, key });
    if (kept) {
      for (const _ of shard.jobs) beat();
      return { ...kept, reused: true };
    }
    const films: MeasuredFilm[] = [];
    for (const job of shard.jobs) {
      films.push(shard.silent?.includes(job.film) ? timedOut(job) : await measureFilm(job, tools));
      beat();
    }
    const measured = {
      heads: films.flatMap((film) => film.heads),
      crops: films.flatMap((film) => film.crops),
      failures: films.flatMap((film) => film.failures),
      pixels: Object.assign({}, ...films.map((film) => film.pixels)),
      headerSides: Object.assign({}, ...films.map((film) => film.headerSides)),
    };
    return { ...await writeShard(shard, measured, { folder, key, writer }), reused: false };
  };
});

function timedOut({ heads }: Shard["jobs"][number]): MeasuredFilm {
  const failures = heads.map(({ headId, row }) => ({
    ...{ id: headId, row, code: "time-limit" },
    message: "The film took too long to read",
    fix: "look at the film with caput inspect",
  }));
  return { heads: [], crops: [], failures, pixels: {}, headerSides: {} };
}
