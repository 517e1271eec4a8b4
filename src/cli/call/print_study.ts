import type { StudySummary } from "../../mod.ts";
import { EXIT } from "./exit_code.ts";
import type { Call } from "./verb.ts";

/** Prints the result of a study and returns the exit code. */
export async function printStudy(
  call: Call,
  { out, films, heads, failures, reused, record }: StudySummary,
): Promise<number> {
  if (call.json) {
    const { reference, device, cohort, split, dice, notes } = record;
    call.printJson({ out, films, heads, failures, reused, reference, device, cohort, split, dice, notes });
  } else {
    const failed = failures > 0 ? `, ${failures} failed (see failures.csv)` : "";
    call.print(
      `${heads} heads of ${films} films${failed}${reused ? ", all reused from an earlier run" : ""}`,
    );
    const { referenceWords } = await import("../../mod.ts");
    call.print(`reference: ${referenceWords(record.reference)}`);
    call.print(`study: ${out}`);
  }
  if (record.cohort.kind !== "synthetic" && record.reference.kind === "synthetic") {
    call.note(
      "The films are real and the reference is synthetic: interpret the distances with care. --models models/real compares them with " +
        "real heads; `train vae --cohort` trains on your own.",
    );
  }
  return failures > 0 ? EXIT.someFailed : EXIT.done;
}
