import type { StudyCohort } from "../cohort/study_cohort.ts";
import { LEARNT_FILE } from "../models/learnt_heads.ts";
import { MODEL_FILES } from "../models/model_set.ts";
import { type ModelFiles, readModels } from "../models/read_models.ts";

/** The model files of a study, and whether its films must be segmented. */
export interface StudyModels {
  /** Contents of the model files, checked against their hashes. */
  readonly files: ModelFiles;
  /** False if the cohort provides a ready-made crop for every head. */
  readonly segment: boolean;
}

/**
 * Reads the models that a cohort needs. The segmentation network is not read if the cohort provides a ready-made crop
 * for every head.
 *
 * @throws {IntegrityError | ModelIntegrityError} if the plan or a model file is missing, damaged or changed.
 */
export async function readStudyModels(cohort: StudyCohort, folder: string): Promise<StudyModels> {
  const segment = cohort.jobs.some((job) =>
    job.source.kind !== "none" && job.heads.some((head) => !head.crop)
  );
  const { encoder, decoder, unet, normative, yardsticks, residualScale } = MODEL_FILES;
  const files = await readModels(folder, {
    need: [encoder, decoder, ...segment ? [unet] : []],
    optional: [normative, yardsticks, residualScale, LEARNT_FILE],
  });
  return { files, segment };
}
