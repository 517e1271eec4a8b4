import { syncFolder } from "../files/write_atomic.ts";
import { type DeskEntry, isCode, readAct } from "./desk_act.ts";
import { decodeRuns } from "../masks/mask_runs.ts";

/** A log of corrections that is open. */
export interface CorrectionLog {
  /** Everything the log holds, other readers' acts too. */
  readonly entries: readonly DeskEntry[];
  /** Bytes of a torn last line that were left out: a crash came between two acts. */
  readonly torn: number;
  /** Puts an entry on the disk; it counts only once this returns. */
  append(entry: DeskEntry): void;
  close(): void;
}

/**
 * Opens the log of a folder's corrections: JSON, one act a line, only ever appended to. A line that a crash cut short is left out and
 * overwritten by nothing: the next act begins a new line.
 *
 * @throws {SyntaxError} if a whole line cannot be understood: nothing is guessed, and nothing is written.
 */
export async function openLog(path: string): Promise<CorrectionLog> {
  const bytes = await Deno.readFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return new Uint8Array(0);
    throw error;
  });
  const rest = bytes.subarray(bytes.lastIndexOf(10) + 1), whole = isJson(rest); // only its line end is missing
  const end = bytes.length - (whole ? 0 : rest.length);
  const entries = readLines(`${new TextDecoder().decode(bytes.subarray(0, end))}\n`, path);
  const isNew = bytes.length === 0, torn = bytes.length - end;
  const file = Deno.openSync(path, { create: true, append: true, mode: 0o600 });
  if (isNew) await syncFolder(path.replace(/[\\/][^\\/]*$/, "") || ".");
  let newline = rest.length > 0 ? "\n" : "";
  return {
    entries,
    torn,
    append(entry) {
      let rest: Uint8Array = new TextEncoder().encode(`${newline}${JSON.stringify(entry)}\n`);
      file.lockSync(true); // another reader's desk may write to the same log
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
        new SyntaxError(`Line ${i + 1} of ${path} must be an act of the desk: ${(error as Error).message}`),
        { fix: "restore the file from a copy, or move it away to start anew; it was not changed" },
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

/** Whether a line was cut short by a crash and another act begun after it: it starts as an entry does and does not end as one. */
function isTorn(line: string): boolean {
  return line.startsWith("{") && !line.endsWith("}");
}

function readEntry(value: unknown): DeskEntry {
  const { time, reader, film, ...rest } = value as Record<string, unknown>;
  if (typeof time !== "string" || Number.isNaN(Date.parse(time)) || !isCode(reader) || !isCode(film)) {
    throw new SyntaxError("it needs time, reader and film");
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
