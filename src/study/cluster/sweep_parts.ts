import { PLAN_FOLDER } from "./cluster_plan.ts";

/**
 * Removes incomplete files (`.part`) left by killed processes. Call it only when no process is writing to the study.
 *
 * @returns the number of files found.
 */
export async function sweepParts(study: string): Promise<number> {
  let swept = 0;
  for (const folder of [`${study}/.work`, `${study}/films`, `${study}/${PLAN_FOLDER}/done`]) {
    try {
      for await (const { name, isFile } of Deno.readDir(folder)) {
        if (!isFile || !/^\..*\.part$/.test(name)) continue;
        await Deno.remove(`${folder}/${name}`).catch(() => {}); // another merge may have removed it already
        swept++;
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return swept;
}
