/** Verbs that write nothing, or write only if one of the listed options names a file or folder. */
const WRITE_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  inspect: [],
  verify: [],
  compare: [],
  query: [],
  score: [],
  preflight: ["--csv"],
  segment: ["--out"],
  manifest: ["--out"],
  project: ["--out"],
};

/** Verbs that load no native library: neither onnxruntime nor DuckDB, sharp or resvg. */
const WITHOUT_LIBRARIES = [
  ...[
    "inspect",
    "manifest",
    "phantom",
    "compare",
    "project",
    "pack",
    "verify",
    "report",
    "dashboard",
    "site",
  ],
  ...["export", "fetch", "send"],
];

/**
 * Verbs that start a separate process; only that process may connect to the archive. (`run --engine` starts one that
 * may run the engine.)
 */
const LAUNCHERS = ["fetch", "send"];

/** Verbs that can open a browser. */
const OPENERS = ["start", "dashboard", "site", "desk"];

/** Verbs whose libraries query system information. */
const QUERY_SYSTEM = ["figures", "teach", "start"];

/**
 * Permissions that the `caput` task in deno.json grants but this command does not need. They are revoked before it
 * starts, to limit what code in a malicious film could do: write files, open sockets, load libraries or start programs.
 *
 * Reading is not restricted, because the caller chooses the paths. After links are followed, paths in a *cohort file*
 * must lead into the folder that the cohort may read (`resolveInside`), and files served to the page into the study
 * folder (`readInside`). `--allow-read=DIR` would follow links out of DIR.
 */
export function unneededPermissions(words: readonly string[]): Deno.PermissionName[] {
  const [verb = ""] = words,
    has = (name: string) => words.some((w) => w === name || w.startsWith(`${name}=`));
  const serves = verb === "start" || verb === "desk" ||
    ((verb === "dashboard" || verb === "site") && has("--serve"));
  const unpacks = words.some((word) => /\.zip$/i.test(word)); // into a temporary folder, see `withFilms`
  const reads = Object.hasOwn(WRITE_OPTIONS, verb) && !WRITE_OPTIONS[verb].some(has) && !unpacks;
  const launches = LAUNCHERS.includes(verb), startsEngine = verb === "run" && has("--engine");
  const opens = OPENERS.includes(verb) && has("--open"); // `openBrowser` drops the permission once it has used it
  return [
    ...(serves ? [] : ["net"] as const),
    ...(reads || launches ? ["write"] as const : []),
    ...(WITHOUT_LIBRARIES.includes(verb) && !serves ? ["ffi"] as const : []),
    ...(QUERY_SYSTEM.includes(verb) ? [] : ["sys"] as const),
    ...(launches || startsEngine || opens ? [] : ["run"] as const),
  ];
}
