import { dirname } from "node:path";
import type { UnusableRow } from "../../mod.ts";
import type { Call } from "./verb.ts";

/**
 * Reports each cohort row that cannot be used (row, file, reason and fix, on standard output) and counts them. A path
 * below the cohort file's folder is shown relative to that folder.
 *
 * @param cohort path of the cohort file, if there is one
 */
export function reportFailures(
  call: Call,
  cohort: string | undefined,
): { readonly count: number; report: (row: UnusableRow) => void } {
  const folder = cohort === undefined ? null : `${realFolder(call.resolve(cohort))}/`;
  let count = 0;
  return {
    get count() {
      return count;
    },
    report({ row, file: path, code, message, fix }) {
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
    return dirname(path); // reading the cohort reports the error
  }
}
