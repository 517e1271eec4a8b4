import { describeError } from "./call/describe_error.ts";
import { EXIT, exitCode } from "./call/exit_code.ts";
import { overview, verbHelp } from "./help_text.ts";
import { jsonLine } from "./call/json_line.ts";
import { nearestName } from "./call/nearest_name.ts";
import { pasteable } from "./call/pasteable.ts";
import { parseOptions } from "./call/parse_options.ts";
import { plainText } from "./call/plain_text.ts";
import { type ProgressLine, progressLine } from "./call/progress_line.ts";
import { type Call, UsageError, type Verb } from "./call/verb.ts";

/** The environment of a command, which tests can replace. */
export interface Surroundings {
  /** Absolute folder that relative paths start from. */
  folder: string;
  stdout: (text: string) => void;
  stderr: (text: string) => void;
  /** Whether standard error is a terminal. */
  terminal: boolean;
  /** Width of the terminal in characters. */
  columns: number;
  /** Aborted by the first Ctrl-C. */
  signal: AbortSignal;
}

/** The verb named by the first one or two words, and the words after it. */
function findVerb(verbs: readonly Verb[], words: readonly string[]): { verb: Verb; rest: readonly string[] } {
  for (const take of [2, 1]) {
    const verb = verbs.find((each) => each.name === words.slice(0, take).join(" "));
    if (verb) return { verb, rest: words.slice(take) };
  }
  const family = verbs.filter((verb) => verb.name.startsWith(`${words[0]} `)).map((verb) => verb.name);
  if (family.length > 0) {
    throw new UsageError(`caput ${words[0]} needs a second word`, `one of: ${family.join(", ")}`);
  }
  const near = nearestName(words[0], verbs.map((verb) => verb.name));
  throw new UsageError(
    `caput has no verb ${JSON.stringify(words[0])}`,
    near ? `did you mean ${near}?` : "caput --help lists the verbs",
  );
}

/** Absolute form of a path as typed. */
function resolvePath(path: string, folder: string): string {
  if (path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path)) return path;
  return `${folder.replace(/[\\/]+$/, "")}/${path}`;
}

function makeCall(
  parsed: { args: readonly string[]; options: Call["options"] },
  { folder, stdout, stderr, terminal, columns, signal }: Surroundings,
): { call: Call; endBar: () => void } {
  const quiet = parsed.options.quiet === true;
  let bar: ProgressLine | undefined;
  const above = (print: () => void) => bar ? bar.above(print) : print();
  const call: Call = {
    ...parsed,
    json: parsed.options.json === true,
    quiet,
    signal,
    resolve: (path) => resolvePath(path, folder),
    print: (line) => above(() => stdout(`${plainText(line)}\n`)),
    printJson: (value) => above(() => stdout(`${jsonLine(value)}\n`)),
    note: (line) => quiet || above(() => stderr(`${pasteable(plainText(line))}\n`)),
    progress: (label, total) =>
      quiet
        ? { update: () => {}, end: () => {} }
        : bar = progressLine(label, total, { terminal, columns, write: stderr }),
  };
  return { call, endBar: () => bar?.end() };
}

/** Runs one command line and returns its exit code; errors become a message and an exit code. */
export async function runCommand(
  words: readonly string[],
  { verbs, ...around }: Surroundings & { verbs: readonly Verb[] },
): Promise<number> {
  const json = words.includes("--json");
  let resume = false; // whether an interrupted run continues only with --resume
  try {
    if (words.length === 0 || words[0] === "--help" || words[0] === "-h" || words[0] === "help") {
      around.stdout(`${overview(verbs)}\n`);
      return words.length === 0 ? EXIT.usage : EXIT.done;
    }
    const family = verbs.filter(({ name }) => name.startsWith(`${words[0]} `));
    if (family.length > 0 && (words[1] === "--help" || words[1] === "-h")) {
      around.stdout(`${family.map(verbHelp).join("\n\n\n")}\n`);
      return EXIT.done;
    }
    const { verb, rest } = findVerb(verbs, words);
    resume = verb.options.resume !== undefined && !verb.options.resume.idle;
    const parsed = parseOptions(verb, rest);
    if (parsed.options.help === true) {
      around.stdout(`${verbHelp(verb)}\n`);
      return EXIT.done;
    }
    const { call, endBar } = makeCall(parsed, around);
    try {
      return await verb.run(call);
    } finally {
      endBar(); // an error leaves its bar open
    }
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) return EXIT.done; // the program that reads the output, such as head, has ended
    const described = describeError(error, { resume });
    // The message of a cohort error already contains the fixes, each after the rows that it concerns.
    const fix = error instanceof Error && error.name === "CohortError" ? "" : described.fix;
    around.stderr(plainText(`caput: ${pasteable(described.message)}\n${fix ? `  ${pasteable(fix)}\n` : ""}`));
    if (json) around.stdout(`${jsonLine({ error: described })}\n`);
    return exitCode(error);
  }
}
