import { fitNormative } from "../../normative/fit_normative.ts";
import { mahalanobis } from "../../normative/mahalanobis.ts";
import { retrainStability } from "../../normative/retrain_stability.ts";
import { openModel } from "../../onnx/open_model.ts";
import { auc } from "../../stats/effects/auc.ts";
import type { CovarianceEstimator, HeadCrop, Split } from "../../types.ts";
import { encodeCrops } from "../../vae/encode_crops.ts";
import { trainVae, type TrainVaeOptions } from "../../vae/train_vae.ts";
import { InputError } from "../../input_error.ts";

/** Dependence of the results on the random seed of training. */
export interface StabilityRecord {
  /** Random seeds of the trainings. */
  readonly seeds: readonly number[];
  /** Number of steps of each training. */
  readonly steps: number;
  /** Number of graded held-out heads. */
  readonly heads: number;
  /** Spearman correlation of the held-out heads' distances over all pairs of trainings: mean and minimum. */
  readonly spearman: { readonly mean: number; readonly least: number };
  /** ICC(3,1), consistency, of the distances, with the trainings as raters. */
  readonly consistency: number;
  /** AUC of each grade's distances against healthy, among held-out heads, by training; empty if none is healthy. */
  readonly auc: readonly { readonly grade: number; readonly bySeed: readonly number[] }[];
}

/** Grade and subset of a head. */
export interface StabilityHead {
  readonly grade: number;
  readonly split: Split;
}

/** Options of {@linkcode measureStability}. */
export interface StabilityOptions extends Pick<TrainVaeOptions, "signal" | "onProgress" | "threads"> {
  /** Crops of all heads, in the order of the heads. */
  crops: readonly HeadCrop[];
  /** Random seeds, one for each training; at least 2. */
  seeds: readonly number[];
  estimator?: CovarianceEstimator;
  /** Number of steps of each training. @default chosen from the number of heads */
  steps?: number;
  /** Called before each training. */
  onSeed?: (seed: number, index: number) => void;
}

/**
 * Trains the autoencoder once per seed on a study's healthy training heads and compares the resulting distances of
 * its held-out heads. The trained networks are discarded.
 *
 * @throws {InputError} if there are fewer than 2 seeds, or too few heads.
 */
export async function measureStability(
  heads: readonly StabilityHead[],
  { crops, seeds, estimator = "ledoit-wolf", steps, onSeed, ...training }: StabilityOptions,
): Promise<StabilityRecord> {
  if (seeds.length < 2) {
    throw new InputError(`Cannot measure stability: at least 2 seeds are needed, got ${seeds.length}`);
  }
  const of = (split: Split) =>
    heads.flatMap((head, i) =>
      head.split === split && (head.grade === 0 || (split === "held-out" && head.grade > 0)) ? [i] : []
    );
  const [train, validation, heldOut] = (["train", "validation", "held-out"] as const).map(of);
  const distances: Float64Array[] = [];
  let stepsTaken = 0;
  for (const [index, seed] of seeds.entries()) {
    onSeed?.(seed, index);
    const pick = (indices: readonly number[]) => indices.map((i) => crops[i]);
    const vae = await trainVae(
      { train: pick(train), validation: validation.length >= 8 ? pick(validation) : undefined },
      { ...training, seed, settings: steps ? { steps } : {} },
    );
    training.signal?.throwIfAborted();
    const encoder = await openModel(vae.encoder, { device: "cpu", threads: training.threads });
    const codes = async (indices: readonly number[]) =>
      Float64Array.from((await encodeCrops(pick(indices), encoder)).flatMap(({ mean }) => [...mean])); // [n, d]
    const latents = await codes(heldOut), d = vae.settings.measuredSize;
    const model = fitNormative(await codes(train), {
      ...{ d, estimator, seed },
      reference: { kind: "cohort", name: "held-out heads", latents },
    });
    distances.push(mahalanobis(latents, model));
    stepsTaken = vae.steps;
    await encoder.close();
  }
  const { spearman, consistency } = retrainStability(distances);
  return { seeds, steps: stepsTaken, heads: heldOut.length, spearman, consistency, auc: aucByGrade() };

  function aucByGrade(): StabilityRecord["auc"] {
    const grades = heldOut.map((i) => heads[i].grade);
    const ofGrade = (all: Float64Array, grade: number) => all.filter((_, k) => grades[k] === grade);
    const diseased = [...new Set(grades)].filter((grade) => grade > 0).sort();
    if (!grades.includes(0)) return [];
    return diseased.map((grade) => ({
      grade,
      bySeed: distances.map((all) => auc(ofGrade(all, 0), ofGrade(all, grade))),
    }));
  }
}
