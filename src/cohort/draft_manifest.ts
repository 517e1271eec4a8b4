import { basename, extname, join, relative, sep } from "node:path";
import type { Side } from "../types.ts";
import { type FilmPatient, type NamedFilm, namePatients } from "./name_patients.ts";
import { sideWords } from "./read_cells.ts";
import { safeCell } from "../files/safe_cell.ts";
import { type GradeMap, meaningOf, type SideMap } from "./value_map.ts";
import { InputError } from "../input_error.ts";

/** A row of a drafted cohort file. The author must fill in blank cells. */
export interface DraftRow {
  /** Path of the radiograph, relative to the folder of the cohort file. */
  readonly radiograph: string;
  /** Id of the patient. */
  readonly patient: string;
  /** The patient's side. */
  readonly side: "right" | "left" | "";
  /** Grade, 0 to 4; blank unless the option `pattern` finds it in the path. */
  readonly grade: string;
}

/** Films whose paths differ only in digits, and how these paths were interpreted. */
export interface NamePattern {
  /** The path with every digit replaced by `#`. */
  readonly like: string;
  /** Number of films. */
  readonly films: number;
  /** One path as an example. */
  readonly example: string;
  /** The patient of the example. */
  readonly patient: string;
  /**
   * False if at least one of the paths does not clearly identify a patient; its film was taken as a separate patient.
   */
  readonly patientSure: boolean;
  /** The side of the example; `both` if neither name nor header states a side. */
  readonly side: "right" | "left" | "both";
}

/** A drafted cohort file. */
export interface ManifestDraft {
  /** Drafted rows. */
  readonly rows: readonly DraftRow[];
  /** Cells that the author must fill in or check. */
  readonly needs: readonly { readonly row: number; readonly column: string; readonly reason: string }[];
  /** Skipped files, with reasons. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** How the paths were interpreted: one entry for all paths that differ only in digits, the most frequent first. */
  readonly patterns: readonly NamePattern[];
  /** Films whose path the option `pattern` does not match; empty without a pattern. */
  readonly unmatched: readonly string[];
}

/** Options of {@linkcode draftManifest}. */
export interface DraftOptions {
  /**
   * Regular expression for the path of a film below `folder`, with any of the named groups `patient`, `side`, `grade`.
   * @default {undefined}: patients are inferred by `namePatients`, sides from words such as R, L, right, left
   */
  pattern?: RegExp;
  /** Meaning of texts other than 0 to 4 in the named group `grade` of `pattern`. */
  gradeMap?: GradeMap;
  /** Meaning of words for a side in addition to `sideWords`. */
  sideMap?: SideMap;
  /** Folder of the cohort file; paths are written relative to it. @default the folder of the films */
  from?: string;
  /** Returns the side in the film's header, or the reason why a file is not a film. */
  look: (path: string) => Promise<{ side: Side } | { reason: string }>;
  /** Called with the number of files examined so far and the total. */
  onFile?: (done: number, total: number) => void;
}

/** Maximum number of files in a folder and its subfolders. */
const maxFiles = 1_000_000;

/**
 * Drafts a cohort file from a folder of films. A film whose side is unknown is assumed to show both hips and
 * gets two rows. Grades are never guessed; they come from the option `pattern` or stay blank. A film whose patient is
 * uncertain counts as a separate patient. Links, and files and folders whose names begin with a dot, are skipped.
 *
 * @throws {InputError} if there are more than a million files.
 */
export async function draftManifest(folder: string, options: DraftOptions): Promise<ManifestDraft> {
  const films: Film[] = [], skipped: { file: string; reason: string }[] = [];
  const paths = (await filesBelow(folder)).sort();
  for (const [i, path] of paths.entries()) {
    const file = slashes(relative(folder, path));
    const found = await options.look(path);
    options.onFile?.(i + 1, paths.length);
    if ("reason" in found) skipped.push({ file, reason: found.reason });
    else films.push({ ...readName(file, options), path, headerSide: found.side });
  }
  const { pattern } = options;
  const unmatched = pattern ? films.map(({ file }) => file).filter((file) => !pattern.test(file)) : [];
  return { ...draftRows(films, { folder, ...options }), skipped, unmatched };
}

interface Film extends NamedFilm {
  readonly path: string;
  readonly headerSide: Side;
  /** From the pattern; undefined without one. */
  readonly patient: string | undefined;
  readonly grade: string;
}

function draftRows(films: readonly Film[], { folder, from = folder }: DraftOptions & { folder: string }) {
  const rows: DraftRow[] = [];
  const needs: { row: number; column: string; reason: string }[] = [];
  const patterns = new Map<string, NamePattern>();
  const named = namePatients(films);
  for (const film of films) {
    const { file, path, side, headerSide, grade } = film;
    const { patient, sure }: FilmPatient = film.patient === undefined
      ? named.get(file)!
      : film.patient === ""
      ? { patient: file, sure: false }
      : { patient: film.patient, sure: true };
    const known: readonly ("right" | "left")[] = side
      ? [side]
      : headerSide === "unknown"
      ? ["right", "left"]
      : [headerSide];
    for (const each of known) {
      rows.push({ radiograph: slashes(relative(from, path)), patient, side: each, grade });
      const need = (column: string, reason: string) => needs.push({ row: rows.length + 1, column, reason });
      if (!sure) {
        need(
          "patient",
          "the name does not clearly identify the patient: each film is taken as a separate patient",
        );
      }
      if (grade === "") need("grade", "grades are never guessed");
      if (side && headerSide !== "unknown" && side !== headerSide) need("side", "name and header disagree");
      if (known.length === 2 && each === "right") {
        need(
          "side",
          "neither name nor header states a side: the film is taken to show both hips and has a row for each",
        );
      }
    }
    const like = file.replace(/\d/g, "#");
    patterns.set(like, {
      ...patterns.get(like) ??
        { like, example: file, patient, side: known.length === 2 ? "both" : known[0] },
      films: (patterns.get(like)?.films ?? 0) + 1,
      patientSure: sure && (patterns.get(like)?.patientSure ?? true),
    });
  }
  return { rows, needs, patterns: [...patterns.values()].sort((a, b) => b.films - a.films) };
}

/** The text of the drafted cohort file. */
export function manifestText(rows: readonly DraftRow[]): string {
  const lines = rows.map(({ radiograph, patient, side, grade }) =>
    [radiograph, patient, side, grade].map(safeCell)
  );
  return [["radiograph", "patient", "side", "grade"], ...lines].map((cells) => cells.join(",") + "\n").join(
    "",
  );
}

async function filesBelow(folder: string, found: string[] = []): Promise<string[]> {
  for await (const { name, isFile, isDirectory } of Deno.readDir(folder)) {
    if (name.startsWith(".")) continue;
    if (isDirectory) await filesBelow(join(folder, name), found);
    else if (isFile) found.push(join(folder, name));
    if (found.length > maxFiles) {
      throw new InputError(`Cannot draft a cohort file: the folder must contain at most ${maxFiles} files`, {
        fix: "draft each subfolder separately",
      });
    }
  }
  return found;
}

const slashes = (path: string) => path.split(sep).join("/");

/**
 * Interprets a path by the pattern if there is one. Otherwise exactly one word of the file name must state a side;
 * `rest` is the name without that word.
 */
function readName(file: string, { pattern, gradeMap = new Map(), sideMap = new Map() }: DraftOptions) {
  const sideOf = (text: string): "right" | "left" | "" => {
    const side = sideMap.get(text) ?? sideWords.get(text.toLowerCase());
    return side === "right" || side === "left" ? side : "";
  };
  const gradeOf = (text: string) => String(meaningOf(gradeMap, text) ?? (/^[0-4]$/.test(text) ? text : ""));
  if (pattern) {
    const groups = pattern.exec(file)?.groups ?? {};
    const patient = groups.patient ?? "";
    return {
      file,
      patient,
      rest: patient,
      side: sideOf(groups.side ?? ""),
      grade: gradeOf(groups.grade ?? ""),
    };
  }
  const stem = basename(file, extname(file));
  const words = stem.split(/([\s_.-]+)/); // words at even indices, separators at odd ones
  const sides = words.flatMap((word, k) => k % 2 === 0 && sideOf(word) !== "" ? [k] : []);
  if (sides.length !== 1) return { file, patient: undefined, rest: stem, side: "" as const, grade: "" };
  const [k] = sides;
  const rest = [...words.slice(0, Math.max(0, k - 1)), ...words.slice(k === 0 ? 2 : k + 1)].join("");
  return { file, patient: undefined, rest, side: sideOf(words[k]), grade: "" };
}
