import { IntegrityError } from "../../files/integrity_error.ts";
import { ModelIntegrityError } from "../../onnx/model_integrity_error.ts";
import { sha256 } from "../../platform/platform.ts";
import { checkPlan } from "./check_plan.ts";
import type { ModelFiles } from "./read_models.ts";

let files: ((path: string) => Promise<Uint8Array>) | undefined;

/** Sets the function that loads model files, for example from a folder of the website. */
export function provideModelFiles(from: typeof files): void {
  files = from;
}

/** Folder of the models within the website that `caput site` writes. */
export const SHIPPED_MODELS = "score";

/**
 * Replaces `readModels` of `read_models.ts` in a browser: loads plan and model files from a folder of the website and
 * checks each file's sha256 against the plan.
 *
 * @throws {IntegrityError} if the plan is wrong or does not list a needed file, or {@linkcode provideModelFiles} was not
 * called.
 * @throws {ModelIntegrityError} if a hash differs. Errors of the function passed to `provideModelFiles` are not caught.
 */
export async function readModels(folder: string, { need }: { need: readonly string[] }): Promise<ModelFiles> {
  if (!files) throw new IntegrityError("Cannot find the models: the page must call provideModelFiles first");
  const text = new TextDecoder().decode(await files(`${folder}/plan.json`));
  const plan = checkPlan(text);
  const found = await Promise.all(need.map(async (name): Promise<[string, Uint8Array]> => {
    const expected = Object.hasOwn(plan.models, name) ? plan.models[name] : undefined;
    if (!expected) {
      throw new IntegrityError(`Cannot use the models: plan.json lists no ${name}`, "make the site again");
    }
    const bytes = await files!(`${folder}/${name}`), actual = await digest(bytes);
    if (actual === expected) return [name, bytes];
    throw new ModelIntegrityError(`Cannot use ${name}: its sha256 must be ${expected}, got ${actual}`, {
      expectedSha256: expected,
      actualSha256: actual,
    });
  }));
  return { plan, planSha256: sha256(new TextEncoder().encode(text)), files: Object.fromEntries(found) };
}

async function digest(bytes: Uint8Array): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>)).toHex();
}
