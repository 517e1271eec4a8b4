import type { Device, HeadCrop, Plan } from "../../types.ts";
import type { StudyProgress } from "../../workers/study_progress.ts";
import { assignSplit } from "../cohort/assign_split.ts";
import type { JudgedHead, UnusableRow } from "../cohort/film_job.ts";
import { markSynthetic } from "../cohort/mark_synthetic.ts";
import type { StudyCohort } from "../cohort/study_cohort.ts";
import { unusableRows } from "../cohort/unusable_rows.ts";
import { lockStudy } from "../folder/lock_study.ts";
import { cropFromBytes } from "../measure/crop_bytes.ts";
import { type CropFile, openCrops } from "../measure/kept_crops.ts";
import type { MeasuredCohort } from "../measure/measure_cohort.ts";
import { measureFilms } from "../measure/measure_films.ts";
import { MODEL_FILES } from "../models/model_set.ts";
import { readModels } from "../models/read_models.ts";

/** Options of {@linkcode measureTrainingHeads}. */
export interface MeasureTrainingHeadsOptions {
  /** Models folder whose U-Net finds the heads. */
  unetIn: string;
  plan: Plan;
  /** Folder for rendered films and crops. */
  work: string;
  device: Device;
  seed: number;
  signal?: AbortSignal;
  progress?: (label: string, total: number) => StudyProgress;
}

/** The heads of a cohort with their subsets. */
export interface TrainingHeads {
  /** The cohort; its kind is synthetic if every head is on a synthetic film. */
  readonly cohort: StudyCohort;
  readonly heads: readonly JudgedHead[];
  /** Files with the crops, in the order of the heads. */
  readonly crops: readonly CropFile[];
  readonly pixels: MeasuredCohort["pixels"];
  readonly failures: readonly UnusableRow[];
  /** Notes for the user on the split, duplicates and sides. */
  readonly notes: readonly string[];
  /** Crops of the healthy heads of one subset. */
  readonly healthy: (split: "train" | "validation") => HeadCrop[];
}

/**
 * Measures a cohort's heads with a U-Net, or reads the results if an earlier run measured the heads, and assigns every
 * head to a subset.
 *
 * @throws {InputError} if the cohort file states a split that is incomplete or divides a patient.
 * @throws {IntegrityError | ModelIntegrityError} if the U-Net is missing or damaged.
 */
export async function measureTrainingHeads(
  given: StudyCohort,
  { unetIn, plan, work, device, seed, signal, progress }: MeasureTrainingHeadsOptions,
): Promise<TrainingHeads> {
  const segment = given.jobs.some(({ heads }) => heads.some((head) => !head.crop));
  const files = segment
    ? await readModels(unetIn, { need: [MODEL_FILES.unet] })
    : { plan, planSha256: "", files: {} };
  await Deno.mkdir(`${work}/.work`, { recursive: true });
  using _lock = await lockStudy(work);
  const measured = await measureFilms(given, files, { folder: work, device, segment, signal, progress });
  const cohort = markSynthetic(given, measured.heads);
  const { heads, notes } = assignSplit(measured.heads, { ...measured, jobs: cohort.jobs, seed });
  const crops = measured.kept.map((each) => each.crops), { sizePx } = plan.crop;
  return {
    ...{ cohort, heads, crops, notes, pixels: measured.pixels },
    failures: unusableRows(cohort, measured.failures),
    healthy(split) {
      const which = heads.flatMap((head, i) => head.grade === 0 && head.split === split ? [i] : []);
      return openCrops(crops).read(which).map((bytes, k) =>
        cropFromBytes(bytes, { side: heads[which[k]].side, sizePx })
      );
    },
  };
}
