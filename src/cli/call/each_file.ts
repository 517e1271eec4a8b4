import { describeError } from "./describe_error.ts";
import { EXIT, exitCode } from "./exit_code.ts";
import { plainName } from "./plain_text.ts";
import { uniqueNames } from "./unique_names.ts";
import type { Call } from "./verb.ts";

/** Errors that do not come from one file: every other file would fail too. */
const FATAL_NAMES = [
  "DeviceError",
  "ModelIntegrityError",
  "IntegrityError",
  "LockedError",
  "AbortError",
  "BrokenPipe",
];
const FATAL_CODES = ["ENOSPC", "EDQUOT", "EROFS", "integrity"];

function isFatal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return FATAL_NAMES.includes(error.name) || FATAL_CODES.includes((error as { code?: string }).code ?? "");
}

/** The result for one file. */
export interface FileResult {
  /** Fields of its JSON line in addition to `file`. */
  readonly record: object;
  /** Output without `--json`. */
  readonly lines: readonly string[];
  /** False if the file was read but counts as failed (exit code 1). */
  readonly usable: boolean;
}

/** What to do with each file. */
export interface EachFileOptions<T> {
  /** Label of the progress bar. */
  label: string;
  /** Name for files that were read but count as failed. @default {"not usable"} */
  unusable?: string;
  /** Reads a file; the next files are read while `work` handles this one. */
  read: (path: string) => Promise<T>;
  /**
   * Processes one file at a time, in order. `typed` is its path as the user typed it, `name` a file name that is
   * unique within the call.
   */
  work: (film: T, typed: string, name: string) => Promise<FileResult> | FileResult;
}

/** How many files are read ahead at the same time: one per core, at most four to limit memory. */
const AHEAD = Math.min(4, navigator.hardwareConcurrency);

/** Returns a function that gives the file at index i, called with i = 0, 1, ...; the next few files are read ahead. */
function readAhead<T>(
  paths: readonly string[],
  read: (path: string) => Promise<T>,
): (i: number) => Promise<T> {
  const started = new Map<number, Promise<T>>();
  let next = 0;
  return (i) => {
    for (; next < paths.length && next <= i + AHEAD; next++) {
      const film = read(paths[next]);
      film.catch(() => {}); // reported when its turn comes
      started.set(next, film);
    }
    const film = started.get(i)!;
    started.delete(i);
    return film;
  };
}

/**
 * Does `work` for every path, in the order of the arguments. A file that fails is reported with reason and fix, and the
 * next ones are processed.
 *
 * @returns the exit code: 0, 1 if any file failed or was not usable, 70 if any failed because of a bug.
 * @throws the error of a file if it would affect every other file too, such as a full disk.
 */
export async function eachFile<T>(
  call: Call,
  { label, unusable = "not usable", read, work }: EachFileOptions<T>,
): Promise<number> {
  const paths = call.args.map((typed) => call.resolve(typed)), names = uniqueNames(paths);
  const film = readAhead(paths, read);
  const bar = call.progress(label, call.args.length);
  let failed = 0, useless = 0, bugs = 0;
  try {
    for (const [i, typed] of call.args.entries()) {
      call.signal.throwIfAborted();
      try {
        const { record, lines, usable } = await work(await film(i), typed, names[i]);
        if (!usable) useless++;
        if (call.json) call.printJson({ file: typed, ...record });
        else call.print([plainName(typed), ...lines.map((line) => `  ${line}`)].join("\n"));
      } catch (error) {
        if (isFatal(error)) throw error;
        failed++;
        if (exitCode(error) === EXIT.bug) bugs++;
        const { code, message, fix } = describeError(error);
        // The console repeats a path as it was typed, never the resolved one.
        const text = message.replaceAll(paths[i], typed);
        if (call.json) call.printJson({ file: typed, error: { code, message: text, fix } });
        else call.print(`${plainName(typed)}\n  failed: ${plainName(text)}${fix ? `\n  ${fix}` : ""}`);
      }
      bar.update(i + 1);
    }
  } finally {
    bar.end();
  }
  if (failed + useless === 0) return EXIT.done;
  const parts = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(useless > 0 ? [`${useless} ${unusable}`] : []),
  ];
  const rest = failed + useless < call.args.length ? "; the rest is complete" : "";
  call.note(
    `Of ${call.args.length} ${call.args.length === 1 ? "file" : "files"}: ${parts.join(", ")}${rest}`,
  );
  return bugs > 0 ? EXIT.bug : EXIT.someFailed;
}
