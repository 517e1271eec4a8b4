/** Verbs that write nothing, or write only if one of these options names a file or folder. */
const READERS: Readonly<Record<string, readonly string[]>> = {
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

/** Verbs that load no native library, because they neither load a model nor render an image. */
const LIBRARYLESS = [
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

/** Verbs that start a separate process, the only one that may connect to the archive. `run --engine` starts one that may run the engine. */
const LAUNCHERS = ["fetch", "send"];

/** Verbs whose libraries query system information. */
const CURIOUS = ["figures", "teach", "start"];

/**
 * Permissions of the task that a command does not need. They are revoked before it starts, so that a decoder attacked by a damaged film
 * cannot write files, open sockets, load libraries or start programs.
 *
 * Reading is not restricted, because the caller chooses the paths. Paths in a *cohort file*, and files served to the page, are kept inside
 * their folder by their real path (`resolveInside`), since `--allow-read=DIR` follows links out of DIR.
 */
export function unneededPermissions(words: readonly string[]): Deno.PermissionName[] {
  const [verb = ""] = words,
    given = (name: string) => words.some((w) => w === name || w.startsWith(`${name}=`));
  const serves = verb === "start" || verb === "desk" ||
    ((verb === "dashboard" || verb === "site") && given("--serve"));
  const unpacks = words.some((word) => /\.zip$/i.test(word)); // into a temporary folder, see `withFilms`
  const reads = Object.hasOwn(READERS, verb) && !READERS[verb].some(given) && !unpacks;
  const launches = LAUNCHERS.includes(verb), engages = verb === "run" && given("--engine");
  return [
    ...(serves ? [] : ["net"] as const),
    ...(reads || launches ? ["write"] as const : []),
    ...(LIBRARYLESS.includes(verb) && !serves ? ["ffi"] as const : []),
    ...(CURIOUS.includes(verb) ? [] : ["sys"] as const),
    ...(launches || engages ? [] : ["run"] as const),
  ];
}
