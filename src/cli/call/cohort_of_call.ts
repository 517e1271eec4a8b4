import type { StudyCohort } from "../../mod.ts";
import { SHARED } from "./shared_options.ts";
import { type Call, type OptionSpec, UsageError } from "./verb.ts";

/** Options that say who is studied; `run`, `start` and `train vae` share them. */
export const COHORT_OPTIONS = {
  phantom: {
    kind: ["paper", "hard", "small"],
    help: "a synthetic cohort: the paper's 909 films, 300 hard ones, or 60 for a try",
  },
  cohort: {
    kind: "text",
    value: "FILE",
    help: "your own: a CSV of radiograph,patient,side,grade, one row a head",
  },
  name: { kind: "text", value: "TEXT", help: "what your cohort is called on every score and figure" },
  root: {
    kind: "text",
    value: "DIR",
    help: "folder that films may be read from, if they are not below the cohort file's own",
  },
  key: {
    kind: "text",
    value: "FILE",
    help: "key that turns names into ids (default: .caput-key beside the cohort file)",
  },
  columns: {
    kind: "text",
    value: "YOURS=OURS",
    help: "what your columns are called, such as Datei=radiograph,Stadium=grade",
  },
  "grade-map": {
    kind: "text",
    value: "A=0,B=1",
    help: "what your cohort's grades mean, where they are not 0 to 4",
  },
  "side-map": { kind: "text", value: "D=right,G=left", help: "what your cohort's sides mean" },
  seed: SHARED.seed,
} as const satisfies Record<string, OptionSpec>;

/** Folder a cohort's study lies in: `studies/` and the phantom's name, or the cohort file's without its ending. */
export function studyFolder(call: Call): string {
  const { phantom, cohort, out } = call.options as Record<string, string | undefined>;
  if (out !== undefined) return call.resolve(out);
  return call.resolve(`studies/${phantom ?? cohort!.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "")}`);
}

/** Fails unless the call names exactly one cohort. */
export function requireCohort(verb: string, { options: { phantom, cohort } }: Call): void {
  if ((phantom === undefined) !== (cohort === undefined)) return;
  throw new UsageError(
    `caput ${verb} takes either --phantom NAME or --cohort FILE`,
    `see caput ${verb} --help`,
  );
}

/** The cohort a call names. @param out folder of results, which must not hold the key */
export async function cohortOfCall(call: Call, out: string): Promise<StudyCohort> {
  const { fileStudyCohort, phantomStudyCohort } = await import("../../mod.ts");
  const { phantom, cohort, name, root, key, ...rest } = call.options as Record<string, string | undefined>;
  if (phantom !== undefined) return phantomStudyCohort(phantom, Number(call.options.seed ?? 1));
  return await fileStudyCohort(call.resolve(cohort!), {
    columns: rest.columns,
    gradeMap: rest["grade-map"],
    sideMap: rest["side-map"],
    root: root === undefined ? undefined : call.resolve(root),
    key: key === undefined ? undefined : call.resolve(key),
    out,
    name,
  });
}
