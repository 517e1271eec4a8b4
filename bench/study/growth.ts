/**
 * How the time and memory of each stage after the films grow with the number of heads, on synthetic latent vectors:
 *
 *   deno task bench bench/study/growth.ts [--heads 10000,100000,200000] [--stages comparisons,maps]
 *
 * Without `--stages`, all stages run (see `STAGES`), each in its own process. Prints a Markdown table. The stages
 * `gather` and `merge` write about 3 kB per head to a temporary folder.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { readTable } from "../../src/files/read_table.ts";
import { writeTable } from "../../src/files/write_table.ts";
import { sha256 } from "../../src/files/sha256.ts";
import { fitGradeClusters, leaveOneOutGradeDistance } from "../../src/normative/grade_clusters.ts";
import { fitNormative } from "../../src/normative/fit_normative.ts";
import { leaveOneOut } from "../../src/normative/leave_one_out.ts";
import { mahalanobis } from "../../src/normative/mahalanobis.ts";
import { placeDistances } from "../../src/normative/score_deviation.ts";
import { comparePairs } from "../../src/stats/compare/compare_pairs.ts";
import { codeSha256 } from "../../src/study/cluster/code_sha256.ts";
import { readPlannedCohort } from "../../src/study/cluster/planned_cohort.ts";
import { gatherShards } from "../../src/study/cluster/gather_shards.ts";
import {
  type ClusterPlan,
  type OpenPlan,
  PLAN_FOLDER,
  readPlan,
} from "../../src/study/cluster/cluster_plan.ts";
import { writeMarker } from "../../src/study/cluster/shard_marker.ts";
import { writeShard } from "../../src/study/measure/finished_shard.ts";
import { assignSplit } from "../../src/study/cohort/assign_split.ts";
import { mergeShards } from "../../src/study/merge_shards.ts";
import { CAPUT_VERSION } from "../../src/study/models/caput_version.ts";
import { readModels, SHIPPED_MODELS } from "../../src/study/models/read_models.ts";
import { cutShards } from "../../src/study/cluster/cut_shards.ts";
import { fileStudyCohort } from "../../src/study/cohort/file_study_cohort.ts";
import { queryStudy } from "../../src/study/folder/query_study.ts";
import { drawMaps } from "../../src/study/judge/draw_maps.ts";
import { divideFilms } from "../../src/study/measure/divide_films.ts";

/** Number of latent dimensions. */
const D = 24;
/** Relative frequency of each grade: the numbers of heads in the synthetic cohort. */
const GRADES = [1495, 80, 114, 93, 36];

interface Latents {
  readonly rows: Float64Array; // [n, D]
  readonly grades: Int32Array;
  readonly patients: readonly string[];
}

/** Latent vectors of n heads, two per patient, farther from healthy with every grade. */
function latentsOf(n: number): Latents {
  const prng = seededPrng(21), rows = new Float64Array(n * D), grades = new Int32Array(n);
  const total = GRADES.reduce((sum, each) => sum + each);
  for (let i = 0; i < n; i++) {
    let left = prng() * total, grade = 0;
    while ((left -= GRADES[grade]) > 0) grade++;
    grades[i] = grade;
    for (let j = 0; j < D; j++) rows[i * D + j] = prng.normal() + (j === grade ? 0.8 * grade : 0);
  }
  return { rows, grades, patients: Array.from({ length: n }, (_, i) => `p${i >> 1}`) };
}

/** Indices of the healthy heads in a part of the cohort: 60 % for training, the rest as reference. */
function healthy({ grades }: Latents, held: boolean): number[] {
  return Array.from(grades.keys()).filter((i) => grades[i] === 0 && (i % 10 >= 6) === held);
}

function gather(rows: Float64Array, indices: readonly number[]): Float64Array {
  const out = new Float64Array(indices.length * D);
  indices.forEach((from, to) => out.set(rows.subarray(from * D, (from + 1) * D), to * D));
  return out;
}

function normativeOf(latents: Latents) {
  const reference = {
    kind: "synthetic",
    name: "bench",
    latents: gather(latents.rows, healthy(latents, true)),
  } as const;
  return fitNormative(gather(latents.rows, healthy(latents, false)), {
    d: D,
    estimator: "ledoit-wolf",
    seed: 1,
    reference,
  });
}

async function writeTables(folder: string, { rows, grades, patients }: Latents): Promise<void> {
  const ids = patients.map((patient, i) => `${patient}-${i & 1}`);
  await writeTable(`${folder}/heads.parquet`, { head_id: ids, patient: [...patients], grade: grades });
  const columns = Array.from(
    { length: D },
    (_, j) => [`z${j}`, Float64Array.from(ids, (_, i) => rows[i * D + j])],
  );
  await writeTable(`${folder}/latents.parquet`, { head_id: ids, ...Object.fromEntries(columns) });
}

/** A cohort file of n heads on n / 2 films, of which only the first exists. */
async function writeCohort(folder: string, n: number): Promise<string> {
  await Deno.writeTextFile(`${folder}/f0.png`, "");
  using file = await Deno.open(`${folder}/cohort.csv`, { write: true, create: true });
  const encoder = new TextEncoder();
  file.writeSync(encoder.encode("radiograph,patient,side,grade\n"));
  for (let i = 0; i < n; i++) {
    file.writeSync(encoder.encode(`f${i >> 1}.png,P${i >> 1},${i & 1 ? "left" : "right"},${i % 5}\n`));
  }
  return `${folder}/cohort.csv`;
}

/** Grey discs with a darker part, as crops of 128 pixels. */
function discs(count: number): Uint8Array[] {
  const prng = seededPrng(4);
  return Array.from({ length: count }, () => {
    const x = 64 + 2 * prng.normal(), y = 64 + 2 * prng.normal(), dark = 20 * prng();
    return Uint8Array.from({ length: 128 * 128 }, (_, i) => {
      const r = Math.hypot(i % 128 - x, (i >> 7) - y) / 47;
      const value = r > 1 ? 60 : 150 - (Math.hypot(r - 0.5, i % 7) < 3 ? dark : 0);
      return Math.min(255, Math.max(0, value + 8 * prng.normal()));
    });
  });
}

/**
 * A plan for n heads on n / 2 films whose shards are all done. Records are as large as real ones; the crops are 64
 * synthetic discs, used in turn.
 */
async function writeShards(folder: string, n: number): Promise<OpenPlan> {
  const cohort = { file: await writeCohort(folder, n), key: `${folder}/.caput-key` }, out = `${folder}/study`;
  const { jobs, sha256: cohortSha256 } = await readPlannedCohort(cohort, { seed: 1, out });
  const { planSha256 } = await readModels(SHIPPED_MODELS, { need: [] });
  const portions = divideFilms(jobs), crops = discs(64), prng = seededPrng(7);
  const plan: ClusterPlan = {
    ...{ kind: "caput-plan", format: 1, device: "cpu", seed: 1, films: jobs.length, filmSeconds: 1 },
    cohort: { ...cohort, sha256: cohortSha256 },
    models: { folder: SHIPPED_MODELS, planSha256 },
    code: { version: CAPUT_VERSION, sha256: codeSha256() },
    portions: portions.length,
    shards: cutShards(portions, { filmSeconds: 1, minutes: 10 }),
  };
  await Deno.mkdir(`${out}/${PLAN_FOLDER}`, { recursive: true });
  await Deno.writeTextFile(`${out}/${PLAN_FOLDER}/plan.json`, JSON.stringify(plan));
  const open = await readPlan(`${out}/${PLAN_FOLDER}/plan.json`);
  // The crops of all portions of the same size are hard links to one file, which saves writing 3 GB.
  let first: { path: string; count: number } | undefined;
  const numbers = (count: number, middle: number) =>
    Array.from({ length: count }, () => Math.round(middle * (1 + 0.1 * prng.normal())));
  const box = { x: 260, y: 760, width: 280, height: 280 };
  const outlines = crops.map(() => ({
    ...{ found: numbers(64, 1000), truth: null },
    mask: { boxPx: box, runs: numbers(560, 140) },
  }));
  for (const { index, from, to } of open.plan.shards) {
    const records: string[] = [];
    for (const portion of portions.slice(from, to)) {
      const heads = portion.jobs.flatMap(({ film, heads }) =>
        heads.map((head) => ({
          ...{
            ...head,
            film,
            centerPx: [400 + 20 * prng.normal(), 900],
            radiusPx: 140 + 5 * prng.normal(),
          } as const,
          ...{ areaPx: 61_000, confidence: 0.9 + 0.1 * prng(), quality: [], headRadiusMm: NaN, dice: NaN },
          ...{ filmPx: [2000, 2500] } as const,
          outline: outlines[head.row % outlines.length],
        }))
      );
      const { files } = await writeShard(portion, {
        ...{ heads, failures: [], headerSides: {} },
        crops: heads.map((_, i) => crops[i % crops.length]),
        pixels: Object.fromEntries(portion.jobs.map(({ film }) => [film, sha256(film)])),
      }, { folder: `${out}/.work`, key: sha256(String(portion.index)) });
      records.push(files.recordSha256);
      first ??= files.crops;
      if (files.crops.path === first.path || files.crops.count !== first.count) continue;
      await Deno.remove(files.crops.path);
      await Deno.link(first.path, files.crops.path);
    }
    const films = portions.slice(from, to).reduce((sum, { jobs }) => sum + jobs.length, 0);
    const marker = { plan: open.sha256, index, records, films, heads: 2 * films, failures: 0 };
    await writeMarker(open, marker, { writer: "bench" });
  }
  return open;
}

/**
 * Each stage prepares its data and returns the function that is timed. The timed function may return a remark for the
 * table.
 */
const STAGES: Record<
  string,
  (n: number, folder: string) => Promise<() => Promise<string | void> | string | void>
> = {
  async plan(n, folder) {
    const path = await writeCohort(folder, n);
    return async () => {
      const start = process.cpuUsage().user;
      const { jobs } = await fileStudyCohort(path);
      const shards = cutShards(divideFilms(jobs), { filmSeconds: 1, minutes: 10 });
      return `${shards.length} shards; ${
        Math.round(jobs.length / ((process.cpuUsage().user - start) / 1e6))
      } films/s per core`;
    };
  },
  /**
   * What a merge does before it runs the networks: reads the cohort, checks every shard and its crops, splits by
   * patient.
   */
  async gather(n, folder) {
    const open = await writeShards(folder, n), { seed, cohort } = open.plan;
    return async () => {
      const { jobs, ...read } = await readPlannedCohort(cohort, { seed, out: open.study });
      const measured = await gatherShards(open, { jobs, ...read });
      const { heads } = assignSplit(measured.heads, { ...measured, jobs, seed });
      return `${heads.length} heads`;
    };
  },
  /**
   * A whole merge with the shipped networks, without a page. Another process writes the shards, as in a real study, so
   * that its memory is not counted.
   */
  async merge(n, folder) {
    await inProcess("prepare", n, ["--folder", folder]);
    const open = await readPlan(`${folder}/study/${PLAN_FOLDER}/plan.json`);
    return async () => `${(await mergeShards(open)).heads} heads`;
  },
  /** Only writes the shards for `merge`. */
  async prepare(n, folder) {
    await writeShards(folder, n);
    return () => {};
  },
  covariance(n) {
    const latents = latentsOf(n);
    return Promise.resolve(() => void normativeOf(latents));
  },
  distances(n) {
    const latents = latentsOf(n), model = normativeOf(latents);
    return Promise.resolve(() => void placeDistances(mahalanobis(latents.rows, model), model));
  },
  "leave-one-out"(n) {
    const latents = latentsOf(n), train = gather(latents.rows, healthy(latents, false));
    return Promise.resolve(() => void leaveOneOut(train, { d: D, estimator: "ledoit-wolf" }));
  },
  clusters(n) {
    const { rows, grades } = latentsOf(n);
    return Promise.resolve(() => {
      fitGradeClusters(rows, { d: D, grades });
      leaveOneOutGradeDistance(rows, { d: D, grades });
    });
  },
  comparisons(n) {
    const latents = latentsOf(n), distance = mahalanobis(latents.rows, normativeOf(latents));
    const table = { patient: [...latents.patients], grade: Array.from(latents.grades, String), distance };
    return Promise.resolve(() => {
      comparePairs(table, { value: "distance", group: "grade", cluster: "patient" });
      return "one of six in a study";
    });
  },
  maps(n) {
    const latents = latentsOf(n), normative = normativeOf(latents);
    return Promise.resolve(() => {
      const { quality } = drawMaps(latents.rows, { normative, seed: 1 });
      return quality.landmarks === undefined
        ? "exact"
        : `${quality.landmarks} landmarks, quality measured among ${quality.judgedAmong}`;
    });
  },
  "write tables"(n, folder) {
    const latents = latentsOf(n);
    return Promise.resolve(() => writeTables(folder, latents));
  },
  async "read tables"(n, folder) {
    await writeTables(folder, latentsOf(n));
    return async () => void await readTable(`${folder}/latents.parquet`);
  },
  async query(n, folder) {
    await writeTables(folder, latentsOf(n));
    return async () => {
      const sql =
        "select grade, count(*), avg(z0), median(z1) from heads join latents using (head_id) group by grade";
      for await (const _ of (await queryStudy(folder, sql)).pieces);
    };
  },
};

/** Peak memory of this process so far, MB. Deno itself is not allowed to read /proc. */
function peakMb(): number {
  const { stdout } = new Deno.Command("cat", { args: [`/proc/${Deno.pid}/status`] }).outputSync();
  return Number(/VmHWM:\s+(\d+) kB/.exec(new TextDecoder().decode(stdout))![1]) / 1024;
}

/** Runs one stage in a separate process. */
function inProcess(stage: string, n: number, more: readonly string[] = []): Promise<Deno.CommandOutput> {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...[
        "run",
        "--no-prompt",
        "--no-check",
        "--allow-read",
        "--allow-write",
        "--allow-env",
        "--allow-ffi=node_modules",
      ],
      ...["--allow-sys", `--allow-run=cat,${Deno.execPath()}`, import.meta.filename!],
      ...["--one", stage, "--heads", String(n), ...more],
    ],
  }).output();
}

/** The row of one stage for the table. */
async function runOne(stage: string, n: number): Promise<string> {
  const { stdout, stderr, success } = await inProcess(stage, n);
  if (!success) return `| ${stage} | ${n} | failed: ${new TextDecoder().decode(stderr).split("\n")[0]} | | |`;
  return new TextDecoder().decode(stdout).trim();
}

const { values } = parseArgs({
  args: Deno.args,
  options: {
    heads: { type: "string" },
    stages: { type: "string" },
    one: { type: "string" }, // internal: the stage that this process runs
    folder: { type: "string" }, // internal: where it works
  },
});
const sizes = (values.heads ?? "10000,100000,200000").split(",").map(Number);
if (values.one !== undefined) {
  const folder = values.folder ?? await Deno.makeTempDir();
  try {
    const run = await STAGES[values.one](sizes[0], folder);
    const ready = peakMb(), before = process.cpuUsage();
    const remark = await run();
    const { user, system } = process.cpuUsage(before), seconds = (user + system) / 1e6;
    console.log(
      `| ${values.one} | ${sizes[0]} | ${seconds.toPrecision(3)} | ${Math.round(peakMb())} (${
        Math.round(ready)
      } before) | ${remark ?? ""} |`,
    );
  } finally {
    if (values.folder === undefined) await Deno.remove(folder, { recursive: true });
  }
} else {
  console.log("| stage | heads | CPU seconds | peak, MB | |\n| --- | --- | --- | --- | --- |");
  for (const stage of values.stages?.split(",") ?? Object.keys(STAGES).filter((name) => name !== "prepare")) {
    for (const n of sizes) console.log(await runOne(stage, n));
  }
}
