import type { TrainedUnet } from "../../segmentation/training/train_unet.ts";
import type { Plan } from "../../types.ts";
import type { TrainedVae } from "../../vae/train_vae.ts";
import { LEARNT_FILE } from "../models/learnt_heads.ts";
import { MODEL_FILES } from "../models/model_set.ts";
import { CAPUT_VERSION } from "../models/caput_version.ts";
import type { TrainingData, TrainingRun } from "./training_record.ts";

/** Facts about a training that are not part of its result. */
export interface AboutTraining {
  readonly data: TrainingData;
  readonly seed: number;
  /** @default {navigator.hardwareConcurrency} */
  readonly threads?: number;
  readonly wallSeconds: number;
  readonly resumed: boolean;
  /** Further numbers for the record of an autoencoder; `unetRun` ignores them. @default {[]} */
  readonly results?: TrainingRun["results"];
  /** The plan with the hashes of the new files. */
  readonly plan: Pick<Plan, "models">;
}

const VAE_FILES = [...Object.values(MODEL_FILES).filter((name) => name !== MODEL_FILES.unet), LEARNT_FILE];

/**
 * Makes the record of a finished training of the U-Net.
 *
 * @throws {TypeError} if the training was aborted.
 */
export function unetRun({ result, settings }: TrainedUnet, about: AboutTraining): TrainingRun {
  const { step, loss, best, history, network, device, deviceReason } = result;
  return {
    ...common(about, ["unet.onnx"]),
    ...{ steps: step, batch: settings.batch, parameters: network.parameters.length },
    ...{ reason: finished(result.reason), loss },
    validation: {
      measure:
        "one minus the mean Dice of the head mask in random windows of the validation films, augmented as in training",
      best,
      history,
    },
    results: best ? [["mean Dice in such windows, at network resolution", 1 - best.score]] : [],
    ...{ settings, device, deviceReason },
  };
}

/**
 * Makes the record of a finished training of the autoencoder.
 *
 * @throws {TypeError} if the training was aborted.
 */
export function vaeRun(vae: TrainedVae, about: AboutTraining): TrainingRun {
  const { steps, settings, history, best, device, deviceReason, parameters, reason } = vae;
  const active = vae.units.filter((unit) => unit.active).length;
  return {
    ...common(about, VAE_FILES),
    ...{
      steps,
      batch: settings.batch,
      parameters,
      reason: finished(reason),
      loss: history.at(-1)?.loss ?? NaN,
    },
    validation: { measure: "the loss of the validation heads, decoded from the latent mean", best, history },
    results: [
      ["latent dimensions", settings.latentSize],
      ["latent dimensions in use", active],
      ["latent dimensions used for the distance", settings.measuredSize],
      ["reconstruction error, root mean square of grey values from 0 to 1", vae.reconstructionError],
      ...about.results ?? [],
    ],
    ...{ settings, device, deviceReason },
  };
}

function common(
  { plan, data, seed, threads, wallSeconds, resumed }: AboutTraining,
  names: readonly string[],
) {
  return {
    ...{ caput: CAPUT_VERSION, deno: Deno.version.deno, data, seed },
    threads: threads ?? navigator.hardwareConcurrency,
    ...{ wallSeconds: Math.round(wallSeconds), resumed },
    files: Object.fromEntries(names.map((name) => [name, plan.models[name]])),
  };
}

function finished(reason: TrainedVae["reason"]): TrainingRun["reason"] {
  if (reason !== "aborted") return reason;
  throw new TypeError("Cannot record a training: it must be finished, got an aborted one");
}
