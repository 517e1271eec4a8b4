import type { StudySummary } from "../../mod.ts";
import { EXIT } from "./exit_code.ts";
import type { Call } from "./verb.ts";

/** Prints how a study ended and answers the exit code. */
export function printStudy(
  call: Call,
  { out, films, heads, failures, reused, record }: StudySummary,
): number {
  if (call.json) {
    const { reference, device, cohort, split, dice, notes } = record;
    call.printJson({ out, films, heads, failures, reused, reference, device, cohort, split, dice, notes });
  } else {
    const failed = failures > 0 ? `, ${failures} failed (see failures.csv)` : "";
    call.print(
      `${heads} heads of ${films} films${failed}${reused ? ", all reused from an earlier run" : ""}`,
    );
    call.print(`reference: ${record.reference.n} ${record.reference.name} (${record.reference.kind})`);
    call.print(`study: ${out}`);
  }
  return failures > 0 ? EXIT.someFailed : EXIT.done;
}
