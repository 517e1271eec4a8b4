import { syncFolder } from "../files/write_atomic.ts";
import { type DeskEntry, isCode, readAct } from "./desk_act.ts";
import { decodeRuns } from "../masks/mask_runs.ts";

/**
 * An open correction log: the actions of readers at the desk (`caput desk`, the local page for correcting outlines).
 */
export interface CorrectionLog {
  /** The entries, of all readers, that the log contained when it was opened, and those appended since then. */
  readonly entries: readonly DeskEntry[];
  /** Length in bytes of an incomplete last line, left by a crash, which is ignored; 0 if there is none. */
  readonly torn: number;
  /** Writes an entry to disk. Once this returns, a crash cannot lose it. */
  append(entry: DeskEntry): void;
  close(): void;
}

/**
 * Opens a correction log, creating the file if necessary. The file has one action per line, as JSON, and is only ever
 * appended to. A line that a crash left incomplete is ignored but not overwritten; the next action starts a new line.
 *
 * @throws {SyntaxError} if a complete line is not valid; then nothing is written.
 */
export async function openLog(path: string): Promise<CorrectionLog> {
  const bytes = await Deno.readFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return new Uint8Array(0);
    throw error;
  });
  // If the text after the last line break is valid JSON, the line is complete and only its line break is missing.
  const lastLine = bytes.subarray(bytes.lastIndexOf(10) + 1);
  const end = bytes.length - (isJson(lastLine) ? 0 : lastLine.length);
  const entries = readLines(`${new TextDecoder().decode(bytes.subarray(0, end))}\n`, path);
  const isNew = bytes.length === 0, torn = bytes.length - end;
  const file = Deno.openSync(path, { create: true, append: true, mode: 0o600 });
  if (isNew) await syncFolder(path.replace(/[\\/][^\\/]*$/, "") || ".");
  let newline = lastLine.length > 0 ? "\n" : "";
  return {
    entries,
    torn,
    append(entry) {
      let rest: Uint8Array = new TextEncoder().encode(`${newline}${JSON.stringify(entry)}\n`);
      file.lockSync(true); // the desk of another reader may write to the same log
      try {
        while (rest.length > 0) rest = rest.subarray(file.writeSync(rest));
        file.syncSync();
      } finally {
        file.unlockSync();
      }
      newline = "";
      entries.push(entry);
    },
    close: () => file.close(),
  };
}

function readLines(text: string, path: string): DeskEntry[] {
  const lines = text.split("\n").slice(0, -1);
  return lines.flatMap((line, i): DeskEntry[] => {
    if (line === "") return [];
    try {
      return [readEntry(JSON.parse(line))];
    } catch (error) {
      if (isTorn(line)) return [];
      throw Object.assign(
        new SyntaxError(
          `Line ${i + 1} of ${path} is not a valid action of the desk: ${(error as Error).message}`,
        ),
        { fix: "restore the file from a copy, or move it elsewhere to start a new log; it was not changed" },
      );
    }
  });
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether a crash left this line incomplete before later actions were written: it starts like an entry but does not end
 * like one.
 */
function isTorn(line: string): boolean {
  return line.startsWith("{") && !line.endsWith("}");
}

function readEntry(value: unknown): DeskEntry {
  const { time, reader, film, ...rest } = value as Record<string, unknown>;
  if (typeof time !== "string" || Number.isNaN(Date.parse(time)) || !isCode(reader) || !isCode(film)) {
    throw new SyntaxError("it must have a valid time, reader and film");
  }
  if (rest.act === "found") {
    const heads = rest.heads as { outline: Parameters<typeof decodeRuns>[0] }[];
    heads.forEach(({ outline }) => decodeRuns(outline));
    return value as DeskEntry;
  }
  const act = readAct(rest);
  if (act.act === "outline") decodeRuns(act.outline);
  return { ...act, time, reader, film };
}
