import { refuseStudyFolder } from "../models/refuse_study_folder.ts";
import { toJson } from "../../normative/normative_json.ts";
import type { Device, Plan } from "../../types.ts";
import { residualScaleToBytes } from "../../vae/residual_scale.ts";
import { type TrainedVae, trainVae, type TrainVaeOptions } from "../../vae/train_vae.ts";
import { vaeSettings } from "../../vae/vae_settings.ts";
import type { JudgedHead, UnusableRow } from "../cohort/film_job.ts";
import { type AddedHeads, healthyHeads } from "./healthy_heads.ts";
import { measureTrainingHeads } from "./measure_training_heads.ts";
import { judgeCohort, type JudgedCohort, LEAST_REFERENCE, LEAST_VALIDATION } from "../judge/judge_cohort.ts";
import { LEARNT_FILE, learntHeads } from "../models/learnt_heads.ts";
import { MODEL_FILES, openNetworks } from "../models/model_set.ts";
import { DEFAULT_PLAN } from "../models/default_plan.ts";
import { sha256 } from "../../files/sha256.ts";
import type { TrainingOptions } from "../../training/loop/checkpoint.ts";
import type { StudyProgress } from "../../workers/study_progress.ts";
import type { StudyCohort } from "../cohort/study_cohort.ts";
import { splitSha256 } from "../cohort/split_sha256.ts";
import { continuesFrom } from "./earlier_checkpoint.ts";
import { startFrom, type TrainingStart } from "./start_from.ts";
import { writeTrainingRecord } from "./training_record.ts";
import { vaeRun } from "./training_run.ts";
import { writeModels } from "../models/write_models.ts";
import { writeTrainingCard } from "./write_training_card.ts";
import { InputError } from "../../input_error.ts";

/** Options of {@linkcode trainVaeModels}. */
export interface TrainVaeModelsOptions extends Pick<TrainVaeOptions, "resume" | "signal" | "onProgress"> {
  /** Models folder: its U-Net segments the heads, and the new files are written there. */
  out: string;
  /**
   * Models folder to start from: its encoder and decoder, and its U-Net if `out` has none. The U-Net is copied, or, if
   * `out` is a direct subfolder, the plan refers to it. With null, training starts from random weights.
   *
   * @default {null}
   */
  from?: string | null;
  /** Name of the reference group. @default `held-out healthy heads of` the cohort's name */
  reference?: string;
  /** Folder for rendered films and crops. If it is the folder of a study, a later run of that study reuses them. */
  work: string;
  /**
   * Further cohorts whose healthy training heads are added to those of the cohort, each with its folder for films and
   * crops. Validation, normative model and reference come from the cohort alone. @default {[]}
   */
  more?: readonly { readonly cohort: StudyCohort; readonly work: string }[];
  /** Passes over the training heads. @default chosen from their number */
  epochs?: number;
  /** Random seed. @default {1} */
  seed?: number;
  /** Device of the training step. @default {"cpu"} */
  device?: "auto" | Device;
  /** Threads of the training. @default {navigator.hardwareConcurrency} */
  threads?: number;
  /** Creates a progress bar for a stage. */
  progress?: (label: string, total: number) => StudyProgress;
  /** Called with notes for the user. */
  note?: (line: string) => void;
  /** Called for each row of the cohort that cannot be used, in the order of the rows. */
  onFailure?: (row: UnusableRow) => void;
}

/** Options that must be the same when a training is continued. */
function optionsOf(
  given: StudyCohort,
  { start, more = [], seed = 1, epochs }: TrainVaeModelsOptions & { start: TrainingStart | null },
): TrainingOptions {
  return {
    "the cohort": given.name,
    "--from": start ? `"${start.plan.name}" (encoder ${sha256(start.network.encoder).slice(0, 8)})` : "none",
    "--more-seeds": more.length > 0 ? more.map(({ cohort }) => cohort.name).join("; ") : null,
    "--seed": seed,
    "--epochs": epochs ?? null,
  };
}

/** Minimum number of healthy training heads. */
const LEAST_HEADS = 20;

/** A trained autoencoder, and the results for its cohort. */
export interface TrainedVaeModels {
  /** The trained autoencoder. */
  readonly vae: TrainedVae;
  /** New plan; null if the training was interrupted. */
  readonly plan: Plan | null;
  /** Results for the cohort's heads; null if the training was interrupted. */
  readonly judged: JudgedCohort | null;
  /** Number of healthy training heads, with those of further cohorts. */
  readonly train: number;
  /** Number of healthy validation heads. */
  readonly validation: number;
}

/** The plan of a models folder, or `otherwise` if there is none. */
async function planOf(folder: string, otherwise: Plan): Promise<Plan> {
  return await Deno.readTextFile(`${folder}/plan.json`).then(JSON.parse).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return otherwise;
    throw error;
  });
}

/**
 * Trains the autoencoder on a cohort's healthy training heads and writes encoder, decoder, residual scale, normative
 * model, calibration (`yardsticks.json`) and their part of the plan: everything that scoring needs except the U-Net (with `from`, also the
 * U-Net if `out` has none).
 *
 * @throws {InputError} before the training, if there are fewer than 20 healthy training heads, 8 healthy validation
 * heads or 5 healthy held-out heads, or `out` is the folder of a study.
 */
export async function trainVaeModels(
  given: StudyCohort,
  options: TrainVaeModelsOptions,
): Promise<TrainedVaeModels> {
  const { out, work, epochs, seed = 1, device = "cpu", progress, note = () => {}, onFailure, ...training } =
    options;
  await refuseStudyFolder(options.out);
  refuseFewRows(given);
  const { resume, signal, threads, onProgress } = training;
  const checkpoint = `${work}/vae.checkpoint`;
  const start = options.from ? await startFrom(options.from, { out }) : null;
  const checkpointOptions = optionsOf(given, { ...options, start });
  const resumed = await continuesFrom(checkpoint, { resume, note, options: checkpointOptions });
  const before = await planOf(out, start?.plan ?? DEFAULT_PLAN);
  if (start) note(start.note);
  const measuring = {
    ...{ plan: before, seed, progress, signal },
    unetIn: MODEL_FILES.unet in before.models || !start ? out : options.from!,
    device: device === "auto" ? "cpu" : device,
  } as const;
  const { cohort, heads, crops, failures, ...own } = await measureTrainingHeads(given, {
    ...measuring,
    work,
  });
  failures.forEach((row) => onFailure?.(row));
  [...cohort.notes, ...own.notes].forEach(note);
  const train = own.healthy("train"), validation = own.healthy("validation"), ownTrain = train.length;
  requireHeads(ownTrain, { cohort, heads, failures: failures.length });
  requireOthers(heads);
  const added: AddedHeads[] = [];
  for (const { cohort, work } of options.more ?? []) {
    const { heads, healthy } = await measureTrainingHeads(cohort, { ...measuring, work });
    train.push(...healthy("train"));
    added.push({ name: cohort.name, heads });
  }
  const counts = { train: train.length, validation: validation.length };
  const held = heads.filter(({ grade, split }) => grade === 0 && split === "held-out").length;
  note(
    `Training on ${train.length} healthy heads, validating on ${validation.length}; ` +
      `the other ${held} healthy heads are the reference.`,
  );
  const steps = epochs &&
    Math.ceil(epochs * train.length / vaeSettings({ n: train.length, seed }).settings.batch);
  let measuringBar: StudyProgress | undefined;
  const onMeasure = (done: number, total: number) => {
    if (done === 0) note("Measuring the trained network: latent coordinates and residual scale.");
    measuringBar ??= progress?.("crops for latent coordinates and residual scale", total);
    measuringBar?.update(done);
  };
  const began = performance.now();
  const vae = await trainVae({ train, validation }, {
    ...{ resume, signal, threads, onProgress, onMeasure, checkpoint, checkpointOptions, seed, device },
    from: start?.network,
    settings: { ...steps ? { steps } : {}, ...measurable(ownTrain, train.length) },
  });
  const wallSeconds = (performance.now() - began) / 1000;
  measuringBar?.end();
  if (vae.reason === "aborted") return { vae, plan: null, judged: null, ...counts };
  vae.notes.forEach(note);
  const { latentSize, measuredSize, channels } = vae.settings;
  const files = {
    [MODEL_FILES.encoder]: vae.encoder,
    [MODEL_FILES.decoder]: vae.decoder,
    [MODEL_FILES.residualScale]: residualScaleToBytes(vae.residualScale),
  };
  const { kind, name } = cohort;
  const networks = await openNetworks({
    files,
    plan: { ...before, vae: { latentSize, measuredSize, channels } },
    planSha256: "",
  }, { device: "cpu" });
  const bar = progress?.("heads", 2 * heads.length);
  const judged = await judgeCohort(heads, crops, {
    ...{
      ...networks,
      bytes: vae,
      plan: before,
      fallback: null,
      seed,
      signal: training.signal,
    },
    reference: { kind, name: options.reference ?? `held-out healthy heads of ${name}` },
    onHalves: (done, stage) => bar?.update(done, stage),
  });
  bar?.end();
  judged.notes.forEach(note);
  const borrowed = start && !(MODEL_FILES.unet in before.models) ? start.unet : null;
  const plan = await writeModels(out, {
    files: {
      ...borrowed?.files,
      ...files,
      [MODEL_FILES.normative]: `${JSON.stringify(toJson(judged.normative))}\n`,
      [MODEL_FILES.yardsticks]: `${JSON.stringify(judged.yardsticks)}\n`,
      [LEARNT_FILE]: `${
        JSON.stringify(learntHeads(heads, { pixels: own.pixels, keyed: given.kind === "cohort" }))
      }\n`,
    },
    plan: {
      name,
      ...{ crop: before.crop, segmentation: before.segmentation },
      ...borrowed?.plan,
      reference: { kind, name },
      vae: {
        ...{ latentSize, measuredSize, channels },
        ...train.length > ownTrain ? { added: train.length - ownTrain } : {},
        ...start ? { startedFrom: start.plan.name } : {},
      },
      primary: "distance",
      seeds: { vae: seed },
      splitSha256: splitSha256(heads),
    },
  });
  const allNotes = [
    ...start ? [start.note] : [],
    ...own.notes,
  ];
  const data = healthyHeads(heads, { cohort, added, failures: failures.length, notes: allNotes });
  const reference = judged.normative.reference.n;
  const results = [["held-out healthy heads that percentiles refer to", reference]] as const;
  await writeTrainingRecord(out, {
    vae: vaeRun(vae, { data, seed, threads, wallSeconds, resumed, results, plan }),
  });
  await writeTrainingCard(out);
  await Deno.remove(checkpoint).catch(() => {});
  return { vae, plan, judged, ...counts };
}

/**
 * The covariance is estimated from the cohort's own heads only. So the number of latent coordinates that the distance
 * uses is chosen from their number; heads of further cohorts do not increase it.
 */
function measurable(own: number, all: number): { measuredSize?: number } {
  const [most, wanted] = [own, all].map((n) => vaeSettings({ n }).settings.measuredSize);
  return wanted > most ? { measuredSize: most } : {};
}

/** Refuses a cohort that has too few healthy rows before its films are read. */
function refuseFewRows({ jobs }: StudyCohort): void {
  const rows = jobs.flatMap(({ heads }) => heads), healthy = rows.filter(({ grade }) => grade === 0).length;
  if (healthy >= LEAST_HEADS) return;
  throw new InputError(
    `Cannot train the autoencoder: at least ${LEAST_HEADS} healthy training heads are needed, but only ${healthy} of ${rows.length} ` +
      "rows have grade 0; add healthy patients, or enter missing grades",
  );
}

function requireHeads(
  train: number,
  { cohort: { jobs }, heads, failures }: {
    cohort: StudyCohort;
    heads: readonly JudgedHead[];
    failures: number;
  },
): void {
  if (train >= LEAST_HEADS) return;
  const rows = jobs.reduce((sum, job) => sum + job.heads.length, 0);
  const healthy = heads.filter(({ grade }) => grade === 0);
  const held = healthy.filter(({ split }) => split === "held-out").length;
  throw new InputError(
    `Cannot train the autoencoder: at least ${LEAST_HEADS} healthy training heads are needed, got ${train} of ${rows} rows ` +
      `(${failures} cannot be used; ${healthy.length} heads are healthy, of which ${held} are held out, for example ` +
      "because the patient's other hip is diseased or has no grade); " +
      "add healthy patients, enter missing grades, or train a better U-Net if heads were not found",
  );
}

/** Refuses, before the training, a split with too few heads for the calibration or the reference group. */
function requireOthers(heads: readonly JudgedHead[]): void {
  const of = (split: string) => heads.filter((head) => head.grade === 0 && head.split === split).length;
  const validation = of("validation"), heldOut = of("held-out");
  if (validation >= LEAST_VALIDATION && heldOut >= LEAST_REFERENCE) return;
  throw new InputError(
    `Cannot train the autoencoder: at least ${LEAST_VALIDATION} healthy validation heads and ${LEAST_REFERENCE} healthy ` +
      `held-out heads are needed, got ${validation} and ${heldOut}; add healthy patients, or state another split in ` +
      "the cohort file",
  );
}
