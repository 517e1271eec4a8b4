import { IntegrityError } from "../../files/integrity_error.ts";
import { MODEL_FILES } from "../models/model_set.ts";
import { modelsForFilms, readModels, SHIPPED_MODELS } from "../models/read_models.ts";
import type { StudyRecord } from "./study_record.ts";

/**
 * The models folder whose encoder is that of a study, so that further heads can be compared with its heads.
 *
 * @param options.models folder that the user named. @default one of the folders that come with Caput
 * @param options.cannot beginning of the error message: what cannot be done
 * @throws {IntegrityError} if the encoder of the named folder is not the study's, or no folder is named and none that
 * comes with Caput has the study's encoder.
 */
export async function modelsOfStudy(
  record: Pick<StudyRecord, "plan">,
  { models, cannot }: { models?: string; cannot: string },
): Promise<string> {
  const { encoder } = MODEL_FILES, wanted = record.plan.models[encoder];
  for (const folder of models === undefined ? [SHIPPED_MODELS, await modelsForFilms()] : [models]) {
    const { plan } = await readModels(folder, { need: [] });
    if (plan.models[encoder] === wanted) return folder;
  }
  const where = models === undefined
    ? "no models folder that comes with Caput has it"
    : `not that of ${models}`;
  throw new IntegrityError(
    `${cannot}: the study was made with the encoder ${wanted?.slice(0, 12)} (sha256), ${where}`,
    "name the models that the study was made with: --models DIR",
  );
}
