import { seededPrng } from "../../array/seeded_prng.ts";
import { InputError } from "../../input_error.ts";
import { batchesHere, type BatchSource } from "./batch_source.ts";
import {
  type Checkpoint,
  readCheckpoint,
  sha256Of,
  type TrainingMemory,
  writeCheckpoint,
} from "./checkpoint.ts";
import { openEvaluator } from "./evaluator.ts";
import type { TrainedNetwork } from "../graph/export_network.ts";
import { arrange, initialise } from "../graph/layout.ts";
import { stepScalars } from "./optimiser.ts";
import { progressMeter } from "./progress_meter.ts";
import type { Arrays, Recipe } from "./recipe.ts";
import { openStepper, type StepFeed } from "./stepper.ts";
import { trainStep } from "./train_step.ts";
import type { Progress, TrainResult, WorkerRequest } from "./train_options.ts";
import { TrainingDivergedError } from "./training_diverged_error.ts";

/** Training has diverged if the loss exceeds this multiple of (1 + the first loss). */
const EXPLOSION = 1e3;

/** What the trainer remembers at the start of a new run. */
const FRESH: TrainingMemory = {
  firstLoss: null,
  bestScore: null,
  bestStep: 0,
  badValidations: 0,
  recentLosses: [],
  history: [],
};

/** The training loop. It runs in the calling thread; `trainLoop` calls it in a Worker. */
export async function runTraining(
  recipe: Recipe,
  request: WorkerRequest & {
    onProgress?: (progress: Progress) => void;
    /** Source of the batches. @default {`batchesHere`} */
    batches?: (request: WorkerRequest, options: { ahead: number }) => BatchSource;
  },
): Promise<TrainResult> {
  const { steps, seed, optimiser, checkpoint: keep, validation, control, onProgress } = request;
  const { layout } = trainStep(recipe, { optimiser });
  const fingerprint = await fingerprintOf(request, layout);
  const prng = seededPrng(seed);
  const saved = request.resume ? await savedRun(keep!.path, fingerprint) : null;
  const start = saved?.vectors ?? firstVectors();
  let memory = saved?.memory ?? FRESH;
  let done = saved?.step ?? 0;
  let lastGood = saved ? { path: keep!.path, step: done } : null;
  let best: TrainedNetwork | null = saved?.vectors["best.parameters"]
    ? { layout, parameters: saved.vectors["best.parameters"], statistics: saved.vectors["best.statistics"] }
    : null;
  let reason: TrainResult["reason"] = "finished";

  const stepper = await openStepper((target) => trainStep(recipe, { optimiser, ...target }), {
    ...request,
    start,
  });
  const source = request.batches?.(request, { ahead: stepper.chunk }) ?? batchesHere(recipe, request);
  const evaluator = validation ? await openEvaluator(recipe, { layout, threads: request.threads }) : null;
  const meter = progressMeter({
    steps,
    done,
    recentLosses: memory.recentLosses,
    device: stepper.device,
    onProgress,
  });
  try {
    while (done < steps) {
      if (Atomics.load(control, 0) === 1) {
        reason = "aborted";
        break;
      }
      if (validation?.patience && memory.badValidations >= validation.patience) {
        reason = "early-stop";
        break;
      }
      const feeds: StepFeed[] = [];
      for (let next = done + 1; next <= untilBreak(); next++) {
        const batch = await source.batch(next);
        feeds.push({ scalars: { ...stepScalars(next, { ...optimiser, steps }) }, batch });
      }
      for (const reports of await stepper.advance(feeds)) {
        done++;
        requireSane(reports);
        if (memory.firstLoss === null) memory = { ...memory, firstLoss: reports.loss };
        meter.add(done, reports);
      }
      if (evaluator && (done % validation!.every === 0 || done === steps)) await validate();
      if (keep && done % keep.every === 0 && done < steps) await save();
    }
    if (keep) await save();
    meter.flush();
    return await result();
  } finally {
    source.close();
    await stepper.close();
    await evaluator?.close();
  }

  /** The last step before the next validation, checkpoint or end, limited to one chunk of the stepper. */
  function untilBreak(): number {
    const next = (every?: number) => every ? (Math.floor(done / every) + 1) * every : Infinity;
    return Math.min(done + stepper.chunk, steps, next(keep?.every), next(validation?.every));
  }

  function firstVectors(): Arrays {
    if (request.initial) return arrange(request.initial, layout);
    const parameters = initialise(layout.parameters, prng.fork("parameters"));
    return {
      parameters,
      average: parameters,
      statistics: initialise(layout.statistics, prng.fork("statistics")),
    };
  }

  function requireSane(reports: Record<string, number>): void {
    const { loss, gradientNorm } = reports;
    const limit = EXPLOSION * (1 + Math.abs(memory.firstLoss ?? loss));
    if (Number.isFinite(loss) && Number.isFinite(gradientNorm) && Math.abs(loss) <= limit) return;
    throw diverged(`the loss is ${loss} and the gradient's norm ${gradientNorm}`);
  }

  function diverged(what: string): TrainingDivergedError {
    const safe = lastGood
      ? `the last good checkpoint is ${lastGood.path} of step ${lastGood.step}`
      : "no checkpoint was written";
    return new TrainingDivergedError(`Cannot go on training: at step ${done} ${what}; ${safe}`, {
      step: done,
      checkpoint: lastGood,
    });
  }

  /** The current weights in deployable form. */
  async function present(): Promise<TrainedNetwork> {
    const state = await stepper.state();
    return {
      layout,
      parameters: state.average ?? state.parameters,
      statistics: state.statistics ?? new Float32Array(0),
    };
  }

  async function validate(): Promise<void> {
    const network = await present();
    const score = await recipe.validate!((feeds) => evaluator!.run(network, feeds));
    if (!Number.isFinite(score)) {
      throw new RangeError(
        `Cannot go on training: a validation score must be a finite number, got ${score} at step ${done}`,
      );
    }
    const better = memory.bestScore === null || score < memory.bestScore;
    if (better) best = network;
    const row = { step: done, loss: meter.loss(), score };
    memory = {
      ...memory,
      bestScore: better ? score : memory.bestScore,
      bestStep: better ? done : memory.bestStep,
      badValidations: better ? 0 : memory.badValidations + 1,
      history: [...memory.history, row],
    };
    meter.validated(row);
  }

  async function save(): Promise<void> {
    const vectors = await stepper.state();
    if (best) {
      Object.assign(vectors, { "best.parameters": best.parameters, "best.statistics": best.statistics });
    }
    if (!vectors.parameters.every(Number.isFinite)) throw diverged("a weight is not a finite number");
    memory = { ...memory, recentLosses: meter.recentLosses() };
    await writeCheckpoint(keep!.path, {
      ...{ step: done, fingerprint, layout, options: keep!.options, memory, vectors },
    });
    lastGood = { path: keep!.path, step: done };
  }

  async function result(): Promise<TrainResult> {
    const { bestScore, bestStep, history } = memory;
    return {
      reason,
      step: done,
      loss: meter.loss(),
      best: bestScore === null ? null : { step: bestStep, score: bestScore },
      history,
      network: best ?? await present(),
      device: stepper.device,
      deviceReason: stepper.reason,
    };
  }
}

/** The checkpoint at `path`, or null if there is none. */
async function savedRun(path: string, fingerprint: string): Promise<Checkpoint | null> {
  let saved: Checkpoint;
  try {
    saved = await readCheckpoint(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  if (saved.fingerprint === fingerprint) return { ...saved, memory: { ...FRESH, ...saved.memory } };
  throw new InputError(
    `Cannot resume from ${path}: settings, seed, steps, optimiser, validation, starting weights and network must be ` +
      `those of the run that wrote it. The fingerprint of this run is ${fingerprint.slice(0, 12)}, ` +
      `that of the checkpoint ${saved.fingerprint.slice(0, 12)}`,
    { fix: "use the same options as the interrupted run, or leave out --resume to start again" },
  );
}

/** sha256 of the options that determine the weights of a run. The recipe's code and its data are not included. */
function fingerprintOf(request: WorkerRequest, layout: unknown): Promise<string> {
  const { settings, steps, seed, optimiser, validation, initial } = request;
  const text = JSON.stringify({ settings, steps, seed, optimiser, validation, layout });
  const start = initial
    ? [initial.parameters, initial.statistics].map((v) =>
      new Uint8Array(v.buffer, v.byteOffset, v.byteLength)
    )
    : [];
  return sha256Of([new TextEncoder().encode(text), ...start]);
}
