import { PLAN_FOLDER } from "./cluster_plan.ts";

/** Removes what processes that were killed left of files they were writing. Call it when nothing writes any more. */
export async function sweepParts(study: string): Promise<number> {
  let swept = 0;
  for (const folder of [`${study}/.work`, `${study}/films`, `${study}/${PLAN_FOLDER}/done`]) {
    try {
      for await (const { name, isFile } of Deno.readDir(folder)) {
        if (!isFile || !/^\..*\.part$/.test(name)) continue;
        await Deno.remove(`${folder}/${name}`).catch(() => {}); // someone else may have been quicker
        swept++;
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return swept;
}
