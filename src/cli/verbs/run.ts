import type { StudySummary } from "../../mod.ts";
import { COHORT_OPTIONS, cohortOfCall, requireCohort, studyFolder } from "../call/cohort_options.ts";
import { ENGINE_OPTIONS, wantsEngine } from "../engine/engine_options.ts";
import { printStudy } from "../call/print_study.ts";
import { runOnEngine } from "../engine/run_on_engine.ts";
import { SHARED } from "../call/shared_options.ts";
import type { Call, Verb } from "../call/verb.ts";

export const RUN_OPTIONS = {
  ...COHORT_OPTIONS,
  models: SHARED.models,
  out: {
    kind: "text",
    value: "STUDY",
    help: "folder to write (default: studies/ and the name of the phantom or cohort file)",
  },
  device: SHARED.device,
} as const;

/** Runs the study that a call describes; `start` and `run` share it. */
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
  details:
    "Finished work is kept: run the same command again to continue an interrupted run. With --engine the " +
    "films are divided into shards that many machines work on; see docs/cluster.md.",
  options: {
    ...RUN_OPTIONS,
    device: {
      ...SHARED.device,
      help: `${SHARED.device.help}; with --engine slurm or parallel, auto means cpu`,
    },
    ...ENGINE_OPTIONS,
  },
  example: [
    "caput run --phantom small",
    "caput run --cohort films/cohort.csv --out studies/mine",
    "caput run --cohort registry.csv --out studies/registry --engine slurm",
    "caput run --cohort films/liste.csv --columns Datei=radiograph,Seite=side,ARCO=grade --grade-map I=1,II=2,III=3,IV=4",
  ],
  async run(call) {
    return wantsEngine(call) ? await runOnEngine(call) : printStudy(call, await runCall(call));
  },
};
