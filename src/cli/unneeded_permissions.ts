/** Verbs that write nothing, or nothing unless one of these options names a file or folder. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  inspect: [],
  verify: [],
  compare: [],
  score: [],
  preflight: ["--csv"],
  segment: ["--out"],
  manifest: ["--out"],
  project: ["--out"],
};

/** Verbs that load no native library: neither a model is opened nor a picture rendered. */
const LIBRARYLESS = [
  ...["inspect", "manifest", "phantom", "compare", "project", "pack", "verify", "report", "dashboard"],
  ...["export", "fetch", "send"],
];

/** Verbs that start a process of their own, which alone may reach the archive they name. */
const LAUNCHERS = ["fetch", "send"];

/** Verbs whose libraries ask what machine they run on. */
const CURIOUS = ["figures", "teach", "start"];

/**
 * Permissions of the task that a command line has no use for. They are given back before it starts, so that nothing a damaged
 * film might do to a decoder can write a file, open a socket, load a library or start a program.
 *
 * Reading stays whole, since paths are the caller's own; what a *cohort file* names is held inside its folder by real path
 * (`resolveInside`), and what the page's server hands out by the same means, for `--allow-read=DIR` follows links out of DIR.
 */
export function unneededPermissions(words: readonly string[]): Deno.PermissionName[] {
  const [verb = ""] = words,
    given = (name: string) => words.some((w) => w === name || w.startsWith(`${name}=`));
  const serves = verb === "start" || verb === "desk" || (verb === "dashboard" && given("--serve"));
  const unpacks = words.some((word) => /\.zip$/i.test(word)); // into a temporary folder, see `withFilms`
  const reads = Object.hasOwn(READERS, verb) && !READERS[verb].some(given) && !unpacks;
  const launches = LAUNCHERS.includes(verb);
  return [
    ...(serves ? [] : ["net"] as const),
    ...(reads || launches ? ["write"] as const : []),
    ...(LIBRARYLESS.includes(verb) && !serves ? ["ffi"] as const : []),
    ...(CURIOUS.includes(verb) ? [] : ["sys"] as const),
    ...(launches ? [] : ["run"] as const),
  ];
}
