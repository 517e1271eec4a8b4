import { writeAtomic } from "../files/write_atomic.ts";
import { readTable } from "../files/read_table.ts";
import { rowCount, textsOf } from "../files/table.ts";
import { InputError } from "../input_error.ts";
import type { Radiograph } from "../types.ts";
import { openLog } from "./correction_log.ts";
import { filmState } from "./film_state.ts";
import { headOfOutline } from "./head_of_outline.ts";
import { ID_DIGITS } from "./open_desk.ts";
import {
  correctedCohort,
  type CorrectedRow,
  type MaskFormat,
  type OutlinedFilm,
  writeMasks,
} from "./write_masks.ts";

/** A film that {@linkcode exportMasks} may export. */
export interface FilmToExport {
  /** Path of its file. */
  readonly path: string;
  /** Path as written in the cohort file. */
  readonly radiograph: string;
}

/** Options of {@linkcode exportMasks}. */
export interface ExportMasksOptions {
  /** Path of the correction log. */
  readonly log: string;
  /**
   * Films, with their paths as written in the cohort file; or a function that looks for them, which is called only if
   * the reader has checked a film.
   */
  readonly films: readonly FilmToExport[] | (() => Promise<readonly FilmToExport[]>);
  /** Code of the reader whose outlines are exported. */
  readonly reader: string;
  /** Reads a film. */
  readonly read: (path: string) => Promise<Radiograph>;
  /** Folder for the masks. */
  readonly folder: string;
  /** File format of the masks. */
  readonly format: MaskFormat;
  /**
   * Where to write a cohort file (only with the format `png`), and how it names the folder of the masks. Null for no
   * cohort file.
   */
  readonly cohort: { readonly path: string; readonly masks: string } | null;
  /** Aborts the work. */
  readonly signal: AbortSignal;
  /** Called after each film with the number of films examined so far, and the total. */
  readonly onFilm?: (done: number, total: number) => void;
}

/** Result of {@linkcode exportMasks}. */
export interface ExportedMasks {
  /** Names of the masks below their folder, and the path of the cohort file if one was written. */
  readonly files: readonly string[];
  /** Number of films in the cohort file; 0 if none was written. */
  readonly used: number;
  /**
   * Ids of checked films that are not in the cohort file: they have no head, a head without a side, or two heads with
   * the same side.
   */
  readonly left: readonly string[];
  /** Films that could not be exported, with the reason. */
  readonly failures: readonly { readonly film: string; readonly message: string }[];
}

/**
 * Writes the outlines of the films that a reader checked and, if asked for, a cohort file for training. Heads with an
 * implant, and outlines that the reader marked as not a head, are excluded.
 *
 * @throws {InputError} if there is no correction log, the reader has not checked any film, none of the checked films
 * could be read, or an existing cohort file cannot be read.
 * @throws {SyntaxError} if the correction log is not valid.
 */
export async function exportMasks(options: ExportMasksOptions): Promise<ExportedMasks> {
  const { log: path, reader, read, folder, format, cohort, signal, onFilm } = options;
  await Deno.stat(path).catch(() => {
    throw new InputError("Cannot export masks: no film of this folder was corrected", {
      fix: "start caput desk with this folder first",
    });
  });
  const log = await openLog(path);
  log.close();
  const none = new InputError(`Cannot export masks: reader ${reader} has not checked any film`, {
    fix: "press Enter at the desk when all outlines of a film are right",
  });
  const corrected = new Set(log.entries.map(({ film }) => film));
  if (![...corrected].some((film) => filmState(log.entries, { film, reader }).done)) throw none;
  const films = typeof options.films === "function" ? await options.films() : options.films;
  const outlined: OutlinedFilm[] = [], failures: { film: string; message: string }[] = [];
  for (const [i, { path, radiograph }] of films.entries()) {
    signal.throwIfAborted();
    try {
      const film = await read(path), id = film.storedSha256.slice(0, ID_DIGITS);
      const state = filmState(log.entries, { film: id, reader });
      if (!state.done || outlined.some((other) => other.film === id)) continue;
      const heads = state.heads.filter(({ implant, notHead }) => !implant && !notHead)
        .map(({ outline, ...stated }) => headOfOutline(outline, { ...stated, film }));
      const { widthPx, heightPx } = film;
      outlined.push({ film: id, widthPx, heightPx, radiograph, patient: id, heads });
    } catch (error) {
      failures.push({ film: radiograph, message: (error as Error).message.replaceAll(path, radiograph) });
    } finally {
      onFilm?.(i + 1, films.length);
    }
  }
  if (outlined.length === 0) {
    const [first] = failures;
    throw new InputError(
      `Cannot export masks: no film that reader ${reader} checked could be found and read` +
        (first ? `; ${first.film}: ${first.message}` : ""),
      { fix: "name the folder of these films; a film whose pixels were changed counts as another film" },
    );
  }
  const files = await writeMasks(outlined, { folder, format });
  if (!cohort || format !== "png") return { files, used: 0, left: [], failures };
  const { csv, used, left } = correctedCohort(outlined, {
    masks: cohort.masks,
    earlier: await earlierRows(cohort.path),
  });
  await writeAtomic(cohort.path, csv);
  return { files: [...files, cohort.path], used: used.length, left, failures };
}

/**
 * Rows of the existing cohort file; none if there is no file.
 *
 * @throws {InputError} if the file exists but cannot be read: without its rows it would be overwritten
 */
async function earlierRows(path: string): Promise<CorrectedRow[]> {
  if (!await Deno.stat(path).then(() => true, () => false)) return [];
  const table = await readTable(path);
  const column = (name: keyof CorrectedRow) => textsOf(table, name);
  const [radiograph, patient, side, grade, mask, split] = (
    ["radiograph", "patient", "side", "grade", "mask", "split"] as const
  ).map(column);
  return Array.from({ length: rowCount(table) }, (_, i) => ({
    ...{ radiograph: radiograph[i], patient: patient[i], side: side[i], grade: grade[i], mask: mask[i] },
    split: split[i],
  }));
}
