import { plainName } from "./plain_text.ts";
import type { StudyCohort } from "../../mod.ts";
import { SHARED } from "./shared_options.ts";
import { type Call, type OptionSpec, UsageError } from "./verb.ts";

/** Options that name the cohort; `run`, `start`, `train unet` and `train vae` share them. */
export const COHORT_OPTIONS = {
  phantom: {
    kind: ["paper", "hard", "small"],
    help: "a synthetic cohort: 909 films as in the paper, 300 difficult ones, or 60 for a quick try",
  },
  cohort: {
    kind: "text",
    value: "FILE",
    help: "your own cohort: a CSV with columns radiograph,patient,side,grade and one row per head",
  },
  name: {
    kind: "text",
    value: "TEXT",
    help: "name of your cohort in all outputs, also in the name of the reference that train vae makes",
  },
  root: {
    kind: "text",
    value: "DIR",
    help: "folder that films may be read from, if it is not the cohort file's own folder",
  },
  key: {
    kind: "text",
    value: "FILE",
    help:
      "key file that is used to turn patient names into ids (default: .caput-key next to the cohort file)",
  },
  columns: {
    kind: "text",
    value: "YOURS=OURS",
    help: "names of your columns, such as Datei=radiograph,Stadium=grade",
  },
  "grade-map": {
    kind: "text",
    value: "A=0,B=1",
    help: "meaning of your cohort's grades if they are not 0 to 4",
  },
  "side-map": { kind: "text", value: "D=right,G=left", help: "meaning of your cohort's sides" },
  seed: SHARED.seed,
} as const satisfies Record<string, OptionSpec>;

/**
 * Options for the cohort file of a finished study, through which its films are found; `export` and `dashboard` share
 * them.
 */
export const COHORT_FILE_OPTIONS = {
  cohort: COHORT_OPTIONS.cohort,
  root: COHORT_OPTIONS.root,
  key: COHORT_OPTIONS.key,
  columns: COHORT_OPTIONS.columns,
  "grade-map": COHORT_OPTIONS["grade-map"],
  "side-map": COHORT_OPTIONS["side-map"],
} as const;

/**
 * Study folder of a call: `--out`, or by default `studies/` and the phantom's name or the cohort file's name without
 * extension.
 */
export function studyFolder(call: Call): string {
  const { phantom, cohort, out } = call.options as Record<string, string | undefined>;
  if (out !== undefined) return call.resolve(out);
  return call.resolve(`studies/${phantom ?? cohort!.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "")}`);
}

/** Throws a UsageError unless exactly one of `--phantom` and `--cohort` is given. */
export function requireCohort(verb: string, { options: { phantom, cohort } }: Call): void {
  if ((phantom === undefined) !== (cohort === undefined)) return;
  throw new UsageError(
    `caput ${verb} takes either --phantom NAME or --cohort FILE`,
    `see caput ${verb} --help`,
  );
}

/** The cohort given on the command line. @param out results folder; the key must not be inside it */
export async function cohortOfCall(call: Call, out: string): Promise<StudyCohort> {
  const { phantom, seed = 1 } = call.options as Record<string, string | number | undefined>;
  if (phantom === undefined) return await fileCohortOfCall(call, out);
  const { phantomStudyCohort } = await import("../../mod.ts");
  return phantomStudyCohort(String(phantom), Number(seed));
}

/** The cohort file given on the command line. @param out results folder; the key must not be inside it */
export async function fileCohortOfCall(call: Call, out: string): Promise<StudyCohort> {
  const { fileStudyCohort } = await import("../../mod.ts");
  const { cohort, name, root, key, ...rest } = call.options as Record<string, string | undefined>;
  await requireCohortFile(call);
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

/**
 * Throws a UsageError with the path as the user typed it if the cohort file does not exist. The errors of
 * `fileStudyCohort` leave out the path, because it may contain the name of a person.
 */
export async function requireCohortFile(call: Call): Promise<void> {
  const typed = String(call.options.cohort);
  const found = await Deno.stat(call.resolve(typed)).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (found) return;
  throw new UsageError(
    `Cannot use the cohort file ${plainName(typed)}: it does not exist or cannot be read`,
    "check its path and permissions",
  );
}
