import { readFinishedRecord } from "./read_finished_record.ts";
import { refuseStudyFolder } from "../models/refuse_study_folder.ts";
import { unzipSync, type Zippable, zipSync } from "fflate";
import { checkPlan } from "../models/check_plan.ts";
import { IntegrityError } from "../../files/integrity_error.ts";
import { modelsOfStudy } from "./models_of_study.ts";
import { MODEL_FILES } from "../models/model_set.ts";
import { readModels } from "../models/read_models.ts";
import { sha256 } from "../../files/sha256.ts";
import { writeAtomic } from "../../files/write_atomic.ts";
import { writeModels } from "../models/write_models.ts";

/**
 * Summary of a pack. A pack is a zip file with the networks, the normative model, the residual scale, the calibration
 * (`yardsticks.json`), and the plan with their hashes. It contains no images of patients.
 */
export interface PackSummary {
  /** Path of the file. */
  readonly file: string;
  /** Name of the models, from the plan. */
  readonly name: string;
  /** Reference group of the percentiles. */
  readonly reference: { readonly kind: string; readonly n: number; readonly name: string };
  /** Names of the files in the pack. */
  readonly files: readonly string[];
  /** Size of the pack in bytes. */
  readonly bytes: number;
}

const NAMES = [...Object.values(MODEL_FILES), "plan.json"];
/** Size limit of each file when unpacking, larger than any model, as protection against zip bombs. */
const MOST_BYTES = 300_000_000;
/** Fixed time stamp, so that equal packs have equal bytes. */
const EPOCH = new Date(1980, 0, 1);

/**
 * Writes a study's normative model and networks as one file, with which another hospital can score its own films
 * locally.
 *
 * @throws {InputError} if the folder contains no finished study.
 * @throws {IntegrityError | ModelIntegrityError} if the networks are not those that the study was made with, or a model
 * file is missing or damaged.
 */
export async function exportPack(
  study: string,
  { out, models }: { out: string; models?: string },
): Promise<PackSummary> {
  const record = await readFinishedRecord(study, `Cannot pack ${study}`);
  const need = [MODEL_FILES.unet, MODEL_FILES.encoder, MODEL_FILES.decoder, MODEL_FILES.residualScale];
  const folder = models ?? await modelsOfStudy(record, { cannot: `Cannot pack ${study}` });
  const { plan, files } = await readModels(folder, { need });
  for (const name of [MODEL_FILES.unet, MODEL_FILES.encoder, MODEL_FILES.decoder]) {
    if (plan.models[name] === record.plan.models[name]) continue;
    throw new IntegrityError(
      `Cannot pack ${study}: ${name} must have the sha256 of the study, ${record.plan.models[name]}, ` +
        `got ${plan.models[name]} in the models folder`,
      "name the models that the study was made with: --models DIR",
    );
  }
  const packed: Record<string, Uint8Array> = { ...files };
  for (const name of [MODEL_FILES.normative, MODEL_FILES.yardsticks]) {
    packed[name] = await Deno.readFile(`${study}/${name}`);
  }
  // The scale that the study's residuals and its calibration refer to. Studies of earlier versions did not
  // store it; for them the scale of the models folder is packed.
  const scale = await Deno.readFile(`${study}/${MODEL_FILES.residualScale}`).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (scale) packed[MODEL_FILES.residualScale] = scale;
  const hashes = Object.fromEntries(Object.entries(packed).map(([name, bytes]) => [name, sha256(bytes)]));
  const { name, kind } = record.cohort;
  const next = { ...plan, name, reference: { kind, name }, models: hashes, elsewhere: undefined };
  packed["plan.json"] = new TextEncoder().encode(`${JSON.stringify(next, null, 2)}\n`);
  const entries: Zippable = Object.fromEntries(
    Object.entries(packed).sort(([a], [b]) => a < b ? -1 : 1).map((
      [name, bytes],
    ) => [name, [bytes, { mtime: EPOCH }]]),
  );
  const bytes = zipSync(entries, { level: 6 });
  await writeAtomic(out, bytes);
  return { file: out, name, reference: record.reference, files: Object.keys(entries), bytes: bytes.length };
}

/**
 * Unpacks a pack into a models folder. Every file is checked against the plan in the pack.
 *
 * @throws {IntegrityError} if the file is not a pack, is incomplete, or a hash differs.
 * @throws {InputError} if `out` is the folder of a study.
 */
export async function importPack(path: string, { out }: { out: string }): Promise<PackSummary> {
  await refuseStudyFolder(out);
  const bytes = await Deno.readFile(path);
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => NAMES.includes(name) && originalSize <= MOST_BYTES,
    });
  } catch (cause) {
    throw new IntegrityError("Cannot read the pack: it must be a complete zip file", "get the file again", {
      cause,
    });
  }
  if (!files["plan.json"]) {
    throw new IntegrityError("Cannot read the pack: it must contain plan.json", "get the file again");
  }
  const { "plan.json": planBytes, ...models } = files;
  const plan = checkPlan(new TextDecoder().decode(planBytes));
  for (const name of Object.values(MODEL_FILES)) {
    const actual = models[name] ? sha256(models[name]) : "missing";
    if (actual === plan.models[name]) continue;
    throw new IntegrityError(
      `Cannot use the pack: ${name} must have sha256 ${plan.models[name]}, got ${actual}`,
      "get the file again",
    );
  }
  await writeModels(out, { files: models, plan });
  const { reference } = JSON.parse(new TextDecoder().decode(models[MODEL_FILES.normative]));
  return { file: path, name: plan.name, reference, files: Object.keys(files).sort(), bytes: bytes.length };
}
