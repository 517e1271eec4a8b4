import { dirname } from "node:path";
import type { UnusableRow } from "../../mod.ts";
import type { Call } from "./verb.ts";

/**
 * A way to tell of each cohort row that cannot be used: row, file, reason and fix, on standard output; the count is kept. A path
 * below the cohort file's folder is told as the file has it.
 *
 * @param cohort path of the cohort file, where there is one
 */
export function tellFailures(
  call: Call,
  cohort: string | undefined,
): { readonly count: number; tell: (row: UnusableRow) => void } {
  const folder = cohort === undefined ? null : `${realFolder(call.resolve(cohort))}/`;
  let count = 0;
  return {
    get count() {
      return count;
    },
    tell({ row, file: path, code, message, fix }) {
      count++;
      const file = folder && path.startsWith(folder) ? path.slice(folder.length) : path;
      if (call.json) call.printJson({ row, file, error: { code, message, fix } });
      else call.print(`row ${row}, ${file}\n  failed: ${message}\n  ${fix}`);
    },
  };
}

function realFolder(path: string): string {
  try {
    return Deno.realPathSync(dirname(path));
  } catch {
    return dirname(path); // reading the cohort will say what is wrong with it
  }
}
