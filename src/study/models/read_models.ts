import { fileURLToPath } from "node:url";
import { ModelIntegrityError } from "../../onnx/model_integrity_error.ts";
import type { Plan } from "../../types.ts";
import { checkPlan } from "./check_plan.ts";
import { IntegrityError } from "../../files/integrity_error.ts";
import { sha256 } from "../../files/sha256.ts";

/** Plan and files of a models folder, with verified hashes. */
export interface ModelFiles {
  /** Checked plan of the folder. */
  readonly plan: Plan;
  /** sha256 of `plan.json`. */
  readonly planSha256: string;
  /** Contents of the requested files by name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/**
 * Folder of the shipped models: a path, or a URL if Caput was imported over the network.
 *
 * @param module URL of this module (`import.meta.url`)
 */
export function shippedFolder(module: string): string {
  const url = new URL("../../../models", module);
  return url.protocol === "file:" ? fileURLToPath(url) : url.href;
}

/** The models that come with Caput. */
export const SHIPPED_MODELS: string = shippedFolder(import.meta.url);

const REAL_MODELS = `${SHIPPED_MODELS}/real`;

/**
 * Default models for scoring real films: `models/real`, whose reference group consists of heads on real films, if that
 * folder has a plan; otherwise {@linkcode SHIPPED_MODELS}.
 */
export async function modelsForFilms(): Promise<string> {
  return await Deno.stat(`${REAL_MODELS}/plan.json`).then(() => REAL_MODELS, () => SHIPPED_MODELS);
}

const RESTORE =
  "restore the folder, train with caput train, or name another (--models; for a training, --from)";

/**
 * Reads plan and model files of a folder and checks each file's sha256 against the plan. Networks are later opened from
 * these checked bytes, never from a path, because the file could have been replaced in the meantime.
 *
 * @param options.need names of the files to read, such as `unet.onnx`
 * @param options.optional names of files that are read if the plan lists them
 * @throws {IntegrityError} if the folder is a URL, or its plan is missing, wrong or does not list a needed file.
 * @throws {ModelIntegrityError} if a file is missing or its hash differs; in the second case, the message states both
 * hashes.
 */
export async function readModels(
  folder: string,
  { need, optional = [] }: { need: readonly string[]; optional?: readonly string[] },
): Promise<ModelFiles> {
  if (/^https?:/.test(folder)) {
    throw new IntegrityError(
      "Cannot find the models: Caput was imported over the network, so its models are not on this machine",
      "copy the folder models of Caput's repository to this machine and pass its path",
    );
  }
  const text = await Deno.readTextFile(`${folder}/plan.json`).catch((cause) => {
    throw new IntegrityError(`Cannot find the models: there is no ${folder}/plan.json`, RESTORE, { cause });
  });
  const plan = checkPlan(text);
  const files: Record<string, Uint8Array> = {};
  for (const name of [...need, ...optional]) {
    const expected = Object.hasOwn(plan.models, name) ? plan.models[name] : undefined;
    if (expected === undefined) {
      if (optional.includes(name)) continue;
      throw new IntegrityError(`Cannot use the models: plan.json lists no ${name}`, RESTORE);
    }
    files[name] = await readChecked(`${folder}/${plan.elsewhere?.[name] ?? name}`, expected);
  }
  return { plan, planSha256: sha256(text), files };
}

async function readChecked(path: string, expected: string): Promise<Uint8Array> {
  const bytes = await Deno.readFile(path).catch((cause) => {
    throw new ModelIntegrityError(
      `Cannot use the models: plan.json lists ${path}, but this file is missing or cannot be read`,
      {
        cause,
      },
    );
  });
  const actual = sha256(bytes);
  if (actual === expected) return bytes;
  throw new ModelIntegrityError(
    `Cannot use ${path}: its sha256 must be ${expected}, got ${actual} (${bytes.length} bytes)`,
    { expectedSha256: expected, actualSha256: actual },
  );
}
