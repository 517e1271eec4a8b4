import { printStudy } from "../call/print_study.ts";
import { PLAN_OPTION, planOf } from "./shard.ts";
import type { Verb } from "../call/verb.ts";

export const merge: Verb = {
  name: "merge",
  args: "",
  count: [0, 0],
  summary: "Joins the shards of a plan and finishes the study; fails if one is missing.",
  details:
    "The files are identical, byte for byte, to those of caput run on one machine. Only one merge can work on a study at a time; run it " +
    "again if it is killed.",
  options: PLAN_OPTION,
  example: ["caput merge --plan studies/ours/.work/cluster/plan.json"],
  async run(call) {
    const { mergeShards, readPlan } = await import("../../mod.ts");
    const { buildPage } = await import("../../../dashboards/build_page.ts");
    const { signal, progress, note } = call;
    const open = await readPlan(planOf("merge", call));
    return printStudy(call, await mergeShards(open, { signal, progress, note, buildPage }));
  },
};
