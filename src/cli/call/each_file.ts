import { describeError } from "./describe_error.ts";
import { EXIT } from "./exit_code.ts";
import { plainName } from "./plain_text.ts";
import { uniqueNames } from "./unique_names.ts";
import type { Call } from "./verb.ts";

/** Errors that are not one file's fault: going on would fail for every other file too. */
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

/** What one file gave. */
export interface FileResult {
  /** Goes beside `file` into its JSON line. */
  readonly record: object;
  /** What a reader sees without `--json`. */
  readonly lines: readonly string[];
  /** False where the file counts as failed though it could be read: exit code 1 all the same. */
  readonly usable: boolean;
}

/** What is to be done with every file. */
export interface EachFileOptions<T> {
  label: string;
  /** What files are that were read and count as failed all the same. @default {"not usable"} */
  unusable?: string;
  /** Reads a file; the next ones are begun while `work` is busy with this one. */
  read: (path: string) => Promise<T>;
  /** One file at a time, in order. `name` is a file name that no other file of the call has. */
  work: (film: T, typed: string, name: string) => Promise<FileResult> | FileResult;
}

/** Files that are being read at once: one a core, and no more memory than four films take. */
const AHEAD = Math.min(4, navigator.hardwareConcurrency);

/** `read` of every path in order, some of them begun before they are asked for. */
function readAhead<T>(
  paths: readonly string[],
  read: (path: string) => Promise<T>,
): (i: number) => Promise<T> {
  const begun = new Map<number, Promise<T>>();
  let next = 0;
  return (i) => {
    for (; next < paths.length && next <= i + AHEAD; next++) {
      const film = read(paths[next]);
      film.catch(() => {}); // told when its turn comes
      begun.set(next, film);
    }
    const film = begun.get(i)!;
    begun.delete(i);
    return film;
  };
}

/**
 * Does `work` for every path in the order given; a file that fails is told with reason and fix and the others go on.
 * The exit code is 1 if any failed.
 */
export async function eachFile<T>(
  call: Call,
  { label, unusable = "not usable", read, work }: EachFileOptions<T>,
): Promise<number> {
  const paths = call.args.map((typed) => call.resolve(typed)), names = uniqueNames(paths);
  const film = readAhead(paths, read);
  const bar = call.progress(label, call.args.length);
  let failed = 0, useless = 0;
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
        const { code, message, fix } = describeError(error);
        // The console repeats a path as it was typed, never the resolved one.
        const told = message.replaceAll(paths[i], typed);
        if (call.json) call.printJson({ file: typed, error: { code, message: told, fix } });
        else call.print(`${plainName(typed)}\n  failed: ${plainName(told)}${fix ? `\n  ${fix}` : ""}`);
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
  call.note(`Of ${call.args.length} files: ${parts.join(", ")}; the rest is complete`);
  return EXIT.someFailed;
}
