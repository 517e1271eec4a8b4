import type { StudySummary } from "../mod.ts";
import { EXIT } from "./exit_code.ts";
import { SHARED } from "./shared_options.ts";
import { type Call, UsageError, type Verb } from "./verb.ts";

/** Name of the study folder: the phantom's, or the cohort file's without its ending. */
function studyName(call: Call): string {
  const { phantom, cohort } = call.options as Record<string, string | undefined>;
  return phantom ?? cohort!.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
}

/** Runs the study a call describes; `start` and `run` share it. */
export async function runCall(call: Call): Promise<StudySummary> {
  const { phantom, cohort, models, out, device } = call.options as Record<string, string | undefined>;
  if ((phantom === undefined) === (cohort === undefined)) {
    throw new UsageError("caput run takes either --phantom NAME or --cohort FILE", "see caput run --help");
  }
  const [{ fileStudyCohort, phantomStudyCohort, runStudy }, { buildPage }] = await Promise.all([
    import("../mod.ts"),
    import("../../dashboards/build_page.ts"),
  ]);
  const { root, key, name } = call.options as Record<string, string | undefined>;
  const folder = call.resolve(out ?? `studies/${studyName(call)}`);
  const seed = Number(call.options.seed ?? 1);
  const who = phantom !== undefined
    ? phantomStudyCohort(phantom, seed)
    : await fileStudyCohort(call.resolve(cohort!), {
      gradeMap: call.options["grade-map"] as string | undefined,
      sideMap: call.options["side-map"] as string | undefined,
      root: root === undefined ? undefined : call.resolve(root),
      key: key === undefined ? undefined : call.resolve(key),
      out: folder,
      name,
    });
  return await runStudy(who, {
    out: folder,
    models: models === undefined ? undefined : call.resolve(models),
    device: device as "auto" | undefined,
    seed,
    signal: call.signal,
    progress: call.progress,
    note: call.note,
    buildPage,
  });
}

export const RUN_OPTIONS = {
  phantom: {
    kind: ["paper", "hard", "small"],
    help: "study a synthetic cohort: the paper's 909 films, hard ones, or 60 for a try",
  },
  cohort: {
    kind: "text",
    value: "FILE",
    help: "study your own: a CSV of radiograph,patient,side,grade, one row a head",
  },
  models: SHARED.models,
  out: { kind: "text", value: "STUDY", help: "folder to write (default studies/NAME)" },
  device: SHARED.device,
  seed: SHARED.seed,
} as const;

export const run: Verb = {
  name: "run",
  args: "",
  count: [0, 0],
  summary:
    "Runs the whole study: reads, segments, encodes, scores, compares, maps, and writes a study folder.",
  details:
    "What is done is kept: an interrupted run goes on where it was when the same command is given again.",
  options: {
    ...RUN_OPTIONS,
    "grade-map": {
      kind: "text",
      value: "A=0,B=1",
      help: "what your cohort's grades mean, where they are not 0 to 4",
    },
    root: { kind: "text", value: "DIR", help: "folder your films lie in (default: that of the cohort file)" },
    key: {
      kind: "text",
      value: "FILE",
      help: "key that turns names into ids (default: .caput-key beside the cohort file)",
    },
    name: { kind: "text", value: "TEXT", help: "what your cohort is called on every score and figure" },
    "side-map": { kind: "text", value: "D=right,G=left", help: "what your cohort's sides mean" },
  },
  example: ["caput run --phantom small", "caput run --cohort films/cohort.csv --out studies/mine"],
  async run(call) {
    const summary = await runCall(call);
    const { out, films, heads, failures, reused, record } = summary;
    if (call.json) {
      const { reference, device, cohort, split, dice, notes } = record;
      call.printJson({ out, films, heads, failures, reused, reference, device, cohort, split, dice, notes });
    } else {
      call.print(
        `${heads} heads of ${films} films${failures ? `, ${failures} failed` : ""}${
          reused ? ", all kept from before" : ""
        }`,
      );
      call.print(`reference: ${record.reference.n} ${record.reference.name} (${record.reference.kind})`);
      call.print(`study: ${out}`);
    }
    return failures > 0 ? EXIT.someFailed : EXIT.done;
  },
};
