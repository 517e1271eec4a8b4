import type { StudyCohort } from "../cohort/study_cohort.ts";
import { MODEL_FILES } from "../models/model_set.ts";
import { type ModelFiles, readModels } from "../models/read_models.ts";

/** The model files of a study, and whether its films must be segmented at all. */
export interface StudyModels {
  /** Checked bytes of the models folder. */
  readonly files: ModelFiles;
  /** False where every head comes as a ready crop. */
  readonly segment: boolean;
}

/**
 * Reads the models that a cohort needs: without the segmentation network where every head comes as a ready crop.
 *
 * @throws {IntegrityError | ModelIntegrityError} if the models are not what their plan says.
 */
export async function readStudyModels(cohort: StudyCohort, folder: string): Promise<StudyModels> {
  const segment = cohort.jobs.some((job) =>
    job.source.kind !== "none" && job.heads.some((head) => !head.crop)
  );
  const { encoder, decoder, unet, normative, yardsticks, residualScale } = MODEL_FILES;
  const files = await readModels(folder, {
    need: [encoder, decoder, ...segment ? [unet] : []],
    optional: [normative, yardsticks, residualScale],
  });
  return { files, segment };
}
