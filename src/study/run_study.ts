import { isUnnamedCohort } from "./cohort/unnamed_cohort.ts";
import type { Device } from "../types.ts";
import { FROM_MODELS } from "./judge/from_models.ts";
import { compareCohort } from "./judge/compare_cohort.ts";
import type { DrawnMaps } from "./judge/draw_maps.ts";
import { judgeCohort, type JudgedCohort } from "./judge/judge_cohort.ts";
import type { JudgedHead } from "./cohort/film_job.ts";
import { lockStudy } from "./folder/lock_study.ts";
import type { MapJob } from "./judge/map_worker.ts";
import type { CropFile } from "./measure/kept_crops.ts";
import type { MeasuredCohort } from "./measure/measure_cohort.ts";
import { measureFilms } from "./measure/measure_films.ts";
import { readOutlines } from "./measure/finished_shard.ts";
import { readStudyModels } from "./measure/read_study_models.ts";
import { readLearntHeads, withoutLearnt } from "./models/learnt_heads.ts";
import { type Fallback, MODEL_FILES, type Networks, openNetworks, readFallback } from "./models/model_set.ts";
import { type PcaBaseline, pcaBaseline } from "./judge/pca_baseline.ts";
import { type ModelFiles, SHIPPED_MODELS } from "./models/read_models.ts";
import { sha256 } from "../files/sha256.ts";
import { releaseSplit } from "./judge/release_split.ts";
import { markSynthetic } from "./cohort/mark_synthetic.ts";
import { assignSplit } from "./cohort/assign_split.ts";
import type { StudyCohort } from "./cohort/study_cohort.ts";
import { CAPUT_VERSION } from "./models/caput_version.ts";
import { hashOutputs, readStudyRecord, type StudyRecord } from "./folder/study_record.ts";
import type { StudyProgress } from "../workers/study_progress.ts";
import { workPool } from "../workers/work_pool.ts";
import { type FinishedStudy, WRITE_STEPS, writeStudy } from "./folder/write_study.ts";
import { isInputError, TooFewError } from "../input_error.ts";

/** Options of {@linkcode runStudy}. */
export interface RunStudyOptions {
  /** Output folder; created if it does not exist. */
  out: string;
  /** Models folder. @default the models that come with Caput */
  models?: string;
  /** Device of the networks. @default {"auto"} */
  device?: "auto" | Device;
  /** Random seed of the split, the maps, resampling and the folds of cross-validation. @default {1} */
  seed?: number;
  /** Aborts the study; the next run continues where it stopped. */
  signal?: AbortSignal;
  /** Creates a progress bar for a stage. @default none */
  progress?: (label: string, total: number) => StudyProgress;
  /** Receives notes for the user, one line each. */
  note?: (line: string) => void;
  /** Builds `dashboard.html` from the finished folder. @default no page is written */
  buildPage?: (folder: string) => Promise<string>;
}

/** Result of {@linkcode runStudy}. */
export interface StudySummary {
  /** Output folder. */
  readonly out: string;
  /** Number of films. */
  readonly films: number;
  /** Number of heads that were scored. */
  readonly heads: number;
  /** Number of heads that could not be measured, that is, of rows of failures.csv. */
  readonly failures: number;
  /** True if a valid result of an earlier run was reused. */
  readonly reused: boolean;
  /** Contents of study.json. */
  readonly record: StudyRecord;
}

/** Number of heads above which the maps are computed last instead of at the same time as other work, to save memory. */
const MANY_HEADS = 20_000;

const SILENT: StudyProgress = { update: () => {}, end: () => {} };

/**
 * Runs a study of a cohort: segments the heads, encodes them, measures distances, compares grades, computes maps, and
 * writes all results. Intermediate results are stored: an interrupted run continues where it stopped, a finished one is
 * reused. The files are the same, byte for byte, as those of an uninterrupted run.
 *
 * @throws {IntegrityError | ModelIntegrityError} before any film is read, if the plan or a model file is missing,
 * damaged or changed.
 * @throws {LockedError} if another process works on the folder.
 * @throws {TooFewError} if no usable head was found.
 */
export async function runStudy(cohort: StudyCohort, options: RunStudyOptions): Promise<StudySummary> {
  return await finishStudy(cohort, options);
}

/** Number of films from which a note says that workers are starting. */
const MANY_FILMS = 20;

/**
 * Does the work of {@linkcode runStudy}. If the heads were already measured, `takeMeasured` returns them; it is called
 * once the folder is locked. Without it, the films are measured here.
 */
export async function finishStudy(
  given: StudyCohort,
  options: RunStudyOptions & { takeMeasured?: () => Promise<MeasuredCohort> },
): Promise<StudySummary> {
  const { out, models = SHIPPED_MODELS, seed = 1, note = () => {} } = options;
  const { files, segment } = await readStudyModels(given, models);
  const networks = await openNetworks(files, options);
  note(`Device: ${networks.deviceReason}.`);
  if (isUnnamedCohort(given.name)) {
    note(`The cohort is called "${given.name}", after its file's hash; --name gives it a name.`);
  }
  if (!segment) {
    note(
      `All heads are ready-made crops: segmentation is skipped, each crop is resized to ${files.plan.crop.sizePx} px, ` +
        "and its grey values are rescaled.",
    );
  }
  await Deno.mkdir(`${out}/.work`, { recursive: true });
  using _lock = await lockStudy(out);

  const { signal, progress } = options, { device } = networks;
  if (!options.takeMeasured && given.jobs.length >= MANY_FILMS) {
    note(`Starting workers for ${given.jobs.length} films; the first films take longest.`);
  }
  let measured: MeasuredCohort | null = options.takeMeasured
    ? await options.takeMeasured()
    : await measureFilms(given, files, { folder: out, device, segment, signal, progress });
  if (measured.heads.length === 0) {
    throw new TooFewError(
      `Cannot run the study: no usable head was found on its ${given.jobs.length} films`,
    );
  }
  const cohort = markSynthetic(given, measured.heads), { kept } = measured;
  const run = runKey(cohort, files, { ...options, device: networks.device, seed, measured });
  const before = await finishedRecord(out, run);
  const failures = [...cohort.failures, ...measured.failures].sort((a, b) => a.row - b.row);
  const counts = { films: cohort.jobs.length, heads: measured.heads.length, failures: failures.length };
  if (before) return { out, ...counts, reused: true, record: before };

  const assigned = assignSplit(measured.heads, { ...measured, jobs: cohort.jobs, seed });
  const released = releaseSplit(assigned.heads, {
    plan: files.plan,
    given: readFallback(files) !== null,
    stated: given.kind === "cohort" &&
      cohort.jobs.some((job) => job.heads.some((head) => head.split !== undefined)),
  });
  const learnt = readLearntHeads(files);
  const { heads, notes: left } = learnt
    ? withoutLearnt(released.heads, { learnt, pixels: measured.pixels })
    : { heads: released.heads, notes: [] };
  const notes = released.notes.length > 0
    ? [
      ...assigned.notes.filter((note) => !/split 60/.test(note)),
      ...(left.length > 0 ? left : released.notes),
    ]
    : [...assigned.notes, ...left];
  measured = null; // frees the heads without subsets and the hashes of the films
  // While outputs change, an earlier record is not valid.
  await Deno.remove(`${out}/study.json`).catch(() => {});
  const study = await conclude(heads, kept.map((each) => each.crops), {
    cohort,
    files,
    networks,
    ...options,
    seed,
  });
  // If `releaseSplit` made all heads held out, its note says that nothing was fitted to the cohort; notes on each
  // fallback would repeat it.
  const own = released.notes.length > 0
    ? study.judged.notes.filter((each) => !each.endsWith(FROM_MODELS))
    : study.judged.notes;
  const allNotes = [...cohort.notes, ...notes, ...own];
  allNotes.forEach(note);
  if ("notPossible" in study.comparison) {
    note(`The grades were not compared: ${study.comparison.notPossible}.`);
  }
  const writing = progress?.("results", WRITE_STEPS.length) ?? SILENT;
  const record = await writeStudy({
    ...study,
    outlines: () => readOutlines(kept),
    cohort,
    files,
    heads,
    failures,
    seed,
    run,
    notes: allNotes,
  }, { ...options, onStep: (step, name) => writing.update(step, name) });
  writing.end();
  return { out, ...counts, reused: false, record };
}

/**
 * Hash of everything that the results depend on. The hashes of the shard records cover the measured heads and
 * everything that their measurement depends on.
 */
function runKey(
  cohort: StudyCohort,
  { planSha256 }: ModelFiles,
  { seed, device, measured, buildPage }: RunStudyOptions & { measured: MeasuredCohort },
): string {
  const records = measured.kept.map((each) => each.recordSha256);
  const page = buildPage !== undefined;
  const { kind, name, failures } = cohort;
  return sha256(
    JSON.stringify({ caput: CAPUT_VERSION, planSha256, seed, device, page, kind, name, records, failures }),
  );
}

/** Record of an earlier run with the same key, if all its outputs are unchanged. */
async function finishedRecord(out: string, run: string): Promise<StudyRecord | null> {
  const record = await readStudyRecord(out);
  if (record?.hashes?.run !== run) return null;
  const now = await hashOutputs(out);
  const same = Object.keys(now).length === Object.keys(record.hashes.outputs).length &&
    Object.entries(now).every(([path, hash]) => record.hashes!.outputs[path] === hash);
  return same ? record : null;
}

/**
 * Encodes heads, writes their pictures, measures distances and compares grades. Once the distances are known, a worker
 * computes the maps at the same time as the rest; in a large cohort (see MANY_HEADS) only when `maps` is called.
 */
async function conclude(
  heads: readonly JudgedHead[],
  crops: readonly CropFile[],
  options: RunStudyOptions & { cohort: StudyCohort; files: ModelFiles; networks: Networks; seed: number },
): Promise<Omit<FinishedStudy, "outlines">> {
  const { cohort, files, networks, seed, signal, progress } = options;
  const { sizePx } = files.plan.crop;
  const bar = progress?.("heads", 2 * heads.length) ?? SILENT;
  const fallback: Fallback | null = readFallback(files);
  const judged = await judgeCohort(heads, crops, {
    ...{
      ...networks,
      bytes: { encoder: files.files[MODEL_FILES.encoder], decoder: files.files[MODEL_FILES.decoder] },
      plan: files.plan,
      fallback,
      pictures: options.out,
      seed,
      signal,
    },
    reference: { kind: cohort.kind, name: `held-out healthy heads of ${cohort.name}` },
    onHalves: (done, stage) => bar.update(done, stage),
  });
  bar.end();
  const draw = () => {
    const drawing = drawInWorker(judged, { seed, signal });
    drawing.catch(() => {}); // it is awaited later; if other work throws first, its rejection must not be unhandled
    return drawing;
  };
  const early = heads.length <= MANY_HEADS ? draw() : null;
  const comparing = progress?.("comparisons", 1) ?? SILENT;
  const healthy = (split: string) => heads.flatMap((h, i) => h.grade === 0 && h.split === split ? [i] : []);
  let pca: PcaBaseline | null = null;
  try {
    pca = await pcaBaseline(crops, {
      ...{ sizePx, seed, signal },
      train: healthy("train"),
      validation: healthy("validation"),
    });
  } catch (error) {
    if (!isInputError(error)) throw error;
    if (healthy("train").length > 0) {
      options.note?.(`${error.message}. This comparison is left out; all other results are complete.`);
    }
  }
  const comparison = compareCohort(heads, { judged, pca, seed });
  comparing.update(1);
  comparing.end();
  return { judged, comparison, networks, maps: () => early ?? draw() };
}

/** Computes the maps in a worker. */
async function drawInWorker(
  { rows, normative: { mean, cholesky } }: JudgedCohort,
  { seed, signal }: { seed: number; signal?: AbortSignal },
): Promise<DrawnMaps> {
  let maps: DrawnMaps | undefined;
  await workPool<null, MapJob, DrawnMaps>({
    jobs: [{ rows, mean, cholesky, seed }],
    workers: 1,
    open: () => new Worker(new URL("./judge/map_worker.ts", import.meta.url), { type: "module" }),
    start: null,
    silenceMs: 3_600_000,
    signal,
    onResult: (_, result) => {
      maps = result;
    },
  });
  return maps!;
}
