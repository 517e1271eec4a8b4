import { dirname, relative, sep } from "node:path";
import { CohortError, type CohortProblem } from "./cohort_error.ts";
import { decodeText } from "./decode_text.ts";
import { type ColumnMap, type ColumnName, type Columns, findColumns } from "./find_columns.ts";
import { type CohortEntry, findConflicts } from "./find_conflicts.ts";
import { type CellValue, readAge, readGrade, readPatient, readSide, readSplit } from "./read_cells.ts";
import { resolveInside } from "./resolve_inside.ts";
import { plainCell } from "../files/safe_cell.ts";
import { type Record, splitCells } from "./split_cells.ts";
import type { GradeMap, SideMap } from "./value_map.ts";

/** How to interpret a cohort file. */
export interface CohortOptions {
  /** Meaning of texts other than 0 to 4 in the grade column. @default {new Map()} */
  gradeMap?: GradeMap;
  /** Meaning of texts other than right, left and blank in the side column. @default {new Map()} */
  sideMap?: SideMap;
  /** Meaning of the file's own column names. @default {new Map()} */
  columnMap?: ColumnMap;
  /**
   * Folder that must contain all films, crops and masks. Paths are relative to the cohort file; if a file does not
   * exist there, this folder is tried.
   * @default the folder of the cohort file
   */
  root?: string;
}

/** A cohort file that has been read: its usable rows, and all errors and warnings. */
export interface Cohort {
  /** The usable rows in the order of the file; of rows for the same head, the first. */
  readonly rows: readonly CohortEntry[];
  /**
   * Problems in the order of rows. If one has `severity: "error"`, the cohort must not be used; see {@linkcode
   * requireSound}.
   */
  readonly problems: readonly CohortProblem[];
  /** Number of rows dropped by the author's maps. */
  readonly dropped: number;
}

/** Maximum size of a cohort file in bytes. */
const maxBytes = 100_000_000;

/**
 * Reads a cohort file: one row per head with `radiograph,patient,side,grade` and optionally
 * `crop,mask,age,sex,site,date,split`. It accepts the encodings, separators and line ends that spreadsheets write.
 * Grades and sides are never guessed, and rows that contradict each other are reported, not resolved. `headId` is the
 * path of the film (or of the crop, without a film) below `root`, and the side; convert it to a keyed id ({@linkcode
 * keyCohort}) before anything is written.
 *
 * @throws {CohortError} if the file cannot be read at all: not found, too large, not text, a quote that is never
 * closed, no header or no rows. @throws {Deno.errors.NotFound} if `root` does not exist.
 */
export async function readCohort(path: string, options: CohortOptions = {}): Promise<Cohort> {
  const { gradeMap = new Map(), sideMap = new Map() } = options;
  const { text, encoding } = decodeText(await readBytes(path));
  const { records } = splitCells(text);
  if (records.length < 2) {
    fail(
      "empty",
      records.length === 0 ? "it is empty" : "it has a header but no rows",
      "give one row per head",
    );
  }
  const { columns, problems } = findColumns(records[0].cells, options.columnMap);
  const width = records[0].cells.length;
  const from = await Deno.realPath(dirname(path)),
    root = options.root ? await Deno.realPath(options.root) : from;
  const entries: CohortEntry[] = [];
  if (encoding === "windows-1252") {
    problems.push(
      warning("encoding", [], "it is neither UTF-8 nor UTF-16; read as Windows 1252", "save it as UTF-8"),
    );
  }
  let dropped = 0;
  for (const record of records.slice(1)) {
    const entry = record.cells.length === width
      ? await readRow(record, {
        columns,
        gradeMap,
        sideMap,
        from,
        root,
        rootNamed: options.root !== undefined,
        problems,
      })
      : ragged(record, width, problems);
    if (entry === null) dropped++;
    else if (entry) entries.push(entry);
  }
  const { entries: rows, problems: conflicts } = findConflicts(entries);
  problems.push(...conflicts);
  return { rows, problems: problems.sort((a, b) => (a.rows[0] ?? 0) - (b.rows[0] ?? 0)), dropped };
}

/**
 * Checks that the cohort has no errors and at least one row.
 *
 * @throws {CohortError} with all errors and their rows.
 */
export function requireSound(cohort: Cohort): Cohort {
  if (cohort.problems.some(({ severity }) => severity === "error")) throw new CohortError(cohort.problems);
  if (cohort.rows.length === 0) {
    fail("empty", "no row is left after the maps dropped rows", "give one row per head");
  }
  return cohort;
}

function fail(code: string, message: string, fix: string, cause?: unknown): never {
  throw new CohortError([{ code, severity: "error", rows: [], message, fix }], { cause });
}

function warning(code: string, rows: number[], message: string, fix: string): CohortProblem {
  return { code, severity: "warning", rows, message, fix };
}

async function readBytes(path: string): Promise<Uint8Array> {
  let size: number;
  try {
    const info = await Deno.stat(path);
    if (!info.isFile) fail("not-found", "it is not a regular file", "give the CSV file itself");
    size = info.size;
    if (size <= maxBytes) return await Deno.readFile(path);
  } catch (cause) {
    if (cause instanceof CohortError) throw cause;
    return fail(
      "not-found",
      "it does not exist or cannot be read",
      "check the path and its permissions",
      cause,
    );
  }
  return fail("too-large", `it must have at most ${maxBytes} bytes, got ${size}`, "give one row per head");
}

function ragged(record: Record, width: number, problems: CohortProblem[]): undefined {
  problems.push({
    code: "ragged-row",
    severity: "error",
    rows: [record.row],
    message: `the row must have ${width} cells like the header, got ${record.cells.length}`,
    fix: "quote cells that contain a separator",
  });
}

/**
 * An entry for `--grade-map` or `--side-map`. The user replaces the placeholder `means` (GRADE or SIDE), because Caput
 * does not guess what a word means. The entry is quoted so that it can be pasted into a shell. Dots replace a cell that
 * cannot be part of a map.
 */
function mapping(cell: string, means: string): string {
  const text = /[,=']/.test(cell) || cell === "" ? "..." : cell;
  return /^[\p{L}\p{N}.]+$/u.test(text) ? `${text}=${means}` : `'${text}=${means}'`;
}

interface RowContext {
  columns: Columns;
  gradeMap: GradeMap;
  sideMap: SideMap;
  from: string;
  root: string;
  rootNamed: boolean;
  problems: CohortProblem[];
}

/** Reads one row. Returns `undefined` if it has an error, `null` if the author's map drops it. */
async function readRow(record: Record, context: RowContext): Promise<CohortEntry | null | undefined> {
  const { columns, problems } = context, { row } = record;
  let sound = true, dropped = false;
  const problem = (code: string, message: string, fix = "") => {
    sound = false;
    problems.push({ code, severity: "error", rows: [row], message, fix });
  };
  const cell = (name: ColumnName) => columns.has(name) ? plainCell(record.cells[columns.get(name)!]) : "";
  const take = <T>(name: ColumnName, value: CellValue<T>, code: string, fix: string): T | null => {
    // A missing column was already reported as a problem of the header, so it is not reported for every row.
    if ("problem" in value) {
      return columns.has(name) ? problem(code, value.problem, fix) : (sound = false), null;
    }
    if (value.warning && columns.has(name)) problems.push(warning(code, [row], value.warning, ""));
    return value.value;
  };
  const grade = take(
    "grade",
    readGrade(cell("grade"), context.gradeMap),
    "unknown-grade",
    `say what it means (GRADE: 0 to 4, or drop): --grade-map ${mapping(cell("grade"), "GRADE")}`,
  );
  const side = take(
    "side",
    readSide(cell("side"), context.sideMap),
    "unknown-side",
    `say what it means (SIDE: right, left, unknown or drop): --side-map ${mapping(cell("side"), "SIDE")}`,
  );
  if (sound && (grade === null || side === null)) dropped = true;
  const patient = take(
    "patient",
    readPatient(cell("patient")),
    "bad-patient",
    "write the patient's own identifier as text",
  );
  const age = take("age", readAge(cell("age")), "bad-age", "leave it blank if it is unknown");
  const split = take("split", readSplit(cell("split")), "unknown-split", "");
  const file = async (name: "radiograph" | "crop" | "mask"): Promise<string | undefined> => {
    if (cell(name) === "") return undefined;
    const found = await resolveInside(cell(name), context);
    if ("path" in found) return found.path;
    problem(
      "outside",
      `the ${name} is outside the folder ${context.rootNamed ? "named by --root" : "of the cohort file"}`,
      context.rootNamed
        ? "name a folder above all films with --root"
        : "allow the folder that holds the films: --root FOLDER",
    );
  };
  const [radiograph = "", crop, mask] = [await file("radiograph"), await file("crop"), await file("mask")];
  const hasPictureColumn = columns.has("radiograph") || columns.has("crop");
  if (hasPictureColumn && sound && radiograph === "" && crop === undefined) {
    problem("no-picture", "neither a radiograph nor a crop is given", "give the path of the film");
  }
  if (dropped) return null;
  const whole = hasPictureColumn &&
    (["patient", "side", "grade"] as const).every((name) => columns.has(name));
  if (!sound || !whole) return undefined; // missing columns are reported once, for the header
  const text = (name: "sex" | "site" | "date") => cell(name) === "" ? {} : { [name]: cell(name) };
  return {
    row,
    headId: `${relative(context.root, radiograph || crop!).replaceAll(sep, "/")}#${side}`,
    radiograph,
    patient: patient!,
    side: side!,
    grade: grade!,
    ...(crop === undefined ? {} : { crop }),
    ...(mask === undefined ? {} : { mask }),
    ...(age === null ? {} : { age }),
    ...text("sex"),
    ...text("site"),
    ...text("date"),
    ...(split === null ? {} : { split }),
  };
}
