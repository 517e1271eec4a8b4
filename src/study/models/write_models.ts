import type { Plan } from "../../types.ts";
import { sha256 } from "../../files/sha256.ts";
import { writeAtomic } from "../../files/write_atomic.ts";
import { DEFAULT_PLAN } from "./default_plan.ts";

/**
 * Writes model files, and the plan with their hashes. Files of the same name are replaced; all others, and their
 * entries in the plan, are kept. The plan is written last, so that it never lists a new file before the file exists.
 *
 * @param options.files contents by file name
 * @param options.plan entries that replace those of the folder's plan; `seeds` and `models` are merged by name
 * @returns the new plan.
 * @throws {SyntaxError} if the folder has a `plan.json` that is not JSON.
 */
export async function writeModels(
  folder: string,
  { files, plan }: { files: Readonly<Record<string, Uint8Array | string>>; plan: Partial<Plan> },
): Promise<Plan> {
  await Deno.mkdir(folder, { recursive: true });
  const before: Plan = await Deno.readTextFile(`${folder}/plan.json`).then(JSON.parse).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return DEFAULT_PLAN;
    throw error;
  });
  const hashes: Record<string, string> = {};
  for (const [name, content] of Object.entries(files)) {
    await writeAtomic(`${folder}/${name}`, content);
    hashes[name] = sha256(content);
  }
  const next: Plan = {
    ...before,
    ...plan,
    seeds: { ...before.seeds, ...plan.seeds },
    models: { ...before.models, ...plan.models, ...hashes },
  };
  await writeAtomic(`${folder}/plan.json`, `${JSON.stringify(next, null, 2)}\n`);
  return next;
}
