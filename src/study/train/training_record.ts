import type { Device } from "../../types.ts";
import type { UnetComparison } from "./compare_unets.ts";
import { writeAtomic } from "../../files/write_atomic.ts";

/** Record of one training, from which the model card is written. Plain JSON, without names of persons or paths. */
export interface TrainingRun {
  /** Version of Caput. */
  readonly caput: string;
  /** Version of Deno. */
  readonly deno: string;
  readonly data: TrainingData;
  readonly seed: number;
  readonly steps: number;
  /** Examples per step. */
  readonly batch: number;
  /** Number of trainable parameters; null if not counted. */
  readonly parameters: number | null;
  readonly reason: "finished" | "early-stop";
  /** Mean loss of the last steps. */
  readonly loss: number;
  readonly validation: {
    /** Description of the score; smaller is better. */
    readonly measure: string;
    readonly best: { readonly step: number; readonly score: number } | null;
    readonly history: readonly { readonly step: number; readonly loss: number; readonly score: number }[];
  };
  /** Comparison with the network that the training started from; absent unless a U-Net was fine-tuned. */
  readonly comparison?: UnetComparison;
  /** Further numbers for the card, with their labels. */
  readonly results: readonly (readonly [label: string, value: number])[];
  readonly settings: object;
  readonly device: Device;
  readonly deviceReason: string;
  readonly threads: number;
  /** Duration of the training in seconds, without rendering or reading films. */
  readonly wallSeconds: number;
  /** True if the training was resumed from a checkpoint; `wallSeconds` is then the time since the last start. */
  readonly resumed: boolean;
  /** sha256 of the files that the training wrote, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Training data of a network. */
export interface TrainingData {
  readonly kind: "synthetic" | "cohort";
  readonly name: string;
  readonly counts: readonly {
    readonly of: "films" | "heads" | "patients";
    readonly train: number;
    readonly validation: number;
  }[];
  /** Number of rows of the cohort file that could not be used. */
  readonly failures: number;
  /** sha256 of the sorted `patient,split` lines; null if every film is a patient of its own. */
  readonly splitSha256: string | null;
  /** Notes for the model card, one sentence each. */
  readonly notes: readonly string[];
}

/** Records of the trainings of a models folder; a part is absent if its training was not recorded. */
export interface TrainingRecord {
  readonly unet?: TrainingRun;
  readonly vae?: TrainingRun;
}

/**
 * File name of the record in a models folder. The plan has no hash of this file, because it is not a model file and
 * contains the wall time.
 */
export const TRAINING_RECORD = "training.json";

/**
 * Reads the training record of a models folder; `{}` if the folder has none.
 *
 * @throws {SyntaxError} if the file is not JSON.
 */
export async function readTrainingRecord(folder: string): Promise<TrainingRecord> {
  try {
    return JSON.parse(await Deno.readTextFile(`${folder}/${TRAINING_RECORD}`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

/** Writes the given parts of the record; the other part is kept unless the file is damaged. Returns the new record. */
export async function writeTrainingRecord(folder: string, part: TrainingRecord): Promise<TrainingRecord> {
  const before = await readTrainingRecord(folder).catch((error) => {
    if (error instanceof SyntaxError) return {}; // incomplete file: replace it with the new record
    throw error;
  });
  const record = { ...before, ...part };
  await writeAtomic(`${folder}/${TRAINING_RECORD}`, `${JSON.stringify(record, null, 2)}\n`);
  return record;
}
