import type { StudySummary } from "../../mod.ts";
import { COHORT_OPTIONS, cohortOfCall, requireCohort, studyFolder } from "../call/cohort_of_call.ts";
import { EXIT } from "../call/exit_code.ts";
import { SHARED } from "../call/shared_options.ts";
import type { Call, Verb } from "../call/verb.ts";

export const RUN_OPTIONS = {
  ...COHORT_OPTIONS,
  models: SHARED.models,
  out: { kind: "text", value: "STUDY", help: "folder to write (default studies/NAME)" },
  device: SHARED.device,
} as const;

/** Runs the study a call describes; `start` and `run` share it. */
export async function runCall(call: Call): Promise<StudySummary> {
  requireCohort("run", call);
  const { models, device } = call.options as Record<string, string | undefined>;
  const out = studyFolder(call);
  const { runStudy } = await import("../../mod.ts");
  const { buildPage } = await import("../../../dashboards/build_page.ts");
  return await runStudy(await cohortOfCall(call, out), {
    out,
    models: models === undefined ? undefined : call.resolve(models),
    device: device as "auto" | undefined,
    seed: Number(call.options.seed ?? 1),
    signal: call.signal,
    progress: call.progress,
    note: call.note,
    buildPage,
  });
}

export const run: Verb = {
  name: "run",
  args: "",
  count: [0, 0],
  summary:
    "Runs the whole study: reads, segments, encodes, scores, compares, maps, and writes a study folder.",
  details: "Finished work is kept: run the same command again to continue an interrupted run.",
  options: RUN_OPTIONS,
  example: [
    "caput run --phantom small",
    "caput run --cohort films/cohort.csv --out studies/mine",
    "caput run --cohort films/liste.csv --columns Datei=radiograph,Seite=side,ARCO=grade --grade-map I=1,II=2,III=3,IV=4",
  ],
  async run(call) {
    const { out, films, heads, failures, reused, record } = await runCall(call);
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
        "The films are real and the reference is synthetic: read the distances with care. --models models/real measures among real heads; " +
          "`train vae --cohort` learns from your own.",
      );
    }
    return failures > 0 ? EXIT.someFailed : EXIT.done;
  },
};
