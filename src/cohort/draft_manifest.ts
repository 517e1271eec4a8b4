import { basename, dirname, extname, join, relative, sep } from "node:path";
import type { Side } from "../types.ts";
import { safeCell } from "../files/safe_cell.ts";
import type { GradeMap, SideMap } from "./value_map.ts";

/** A row of a drafted cohort file; blank cells need the author. */
export interface DraftRow {
  readonly radiograph: string;
  readonly patient: string;
  readonly side: "right" | "left" | "";
  readonly grade: string;
}

/** A drafted cohort file. */
export interface ManifestDraft {
  readonly rows: readonly DraftRow[];
  /** What the author must fill in or look at. */
  readonly needs: readonly { readonly row: number; readonly column: string; readonly reason: string }[];
  /** Files passed over, and why. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

/** What is known of a folder's naming. */
export interface DraftOptions {
  /**
   * Pattern on the path below the folder, with any of the named groups `patient`, `side`, `grade`.
   * @default {undefined}: the first folder or the start of the name is the patient; R, L, right, left stand for sides
   */
  pattern?: RegExp;
  gradeMap?: GradeMap;
  sideMap?: SideMap;
  /** Whether a file is a film, and what side its header names; a reason where it is none. */
  look: (path: string) => Promise<{ side: Side } | { reason: string }>;
}

/** Most files looked at in one folder. */
const maxFiles = 1_000_000;

/**
 * Drafts a cohort file from a folder of films. A film whose side nothing tells shows both hips: it gets two rows. Grades
 * are never guessed; they come from the pattern or stay blank. Links are not followed.
 */
export async function draftManifest(folder: string, options: DraftOptions): Promise<ManifestDraft> {
  const rows: DraftRow[] = [], skipped: { file: string; reason: string }[] = [];
  const needs: { row: number; column: string; reason: string }[] = [];
  for (const path of (await filesBelow(folder)).sort()) {
    const file = relative(folder, path).split(sep).join("/");
    const found = await options.look(path);
    if ("reason" in found) {
      skipped.push({ file, reason: found.reason });
      continue;
    }
    const { patient, side, grade } = readName(file, options);
    const known: ("right" | "left")[] = side
      ? [side]
      : found.side === "unknown"
      ? ["right", "left"]
      : [found.side];
    for (const each of known) {
      rows.push({ radiograph: file, patient, side: each, grade });
      const need = (column: string, reason: string) => needs.push({ row: rows.length + 1, column, reason });
      if (patient === "") need("patient", "the name does not tell the patient");
      if (grade === "") need("grade", "grades are never guessed");
      if (side && found.side !== "unknown" && side !== found.side) need("side", "name and header disagree");
      if (known.length === 2 && each === "right") {
        need("side", "nothing tells a side: taken as both hips on one film");
      }
    }
  }
  return { rows, needs, skipped };
}

/** The draft as a cohort file. */
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
    if (found.length > maxFiles) throw new RangeError(`Cannot draft: a folder has at most ${maxFiles} files`);
  }
  return found;
}

/** What the path says: by the pattern, else by its first folder and the words of its name. */
function readName(file: string, { pattern, gradeMap = new Map(), sideMap = new Map() }: DraftOptions) {
  const words = new Map([["r", "right"], ["right", "right"], ["l", "left"], ["left", "left"]]);
  const sideOf = (text: string): "right" | "left" | "" => {
    const side = sideMap.get(text) ?? words.get(text.toLowerCase());
    return side === "right" || side === "left" ? side : "";
  };
  const gradeOf = (text: string) => String(gradeMap.get(text) ?? (/^[0-4]$/.test(text) ? text : ""));
  if (pattern) {
    const groups = pattern.exec(file)?.groups ?? {};
    return {
      patient: groups.patient ?? "",
      side: sideOf(groups.side ?? ""),
      grade: gradeOf(groups.grade ?? ""),
    };
  }
  const stem = basename(file, extname(file)), parts = stem.split(/[\s_.-]+/).filter((part) => part !== "");
  const sides = parts.filter((part) => sideOf(part) !== "");
  const folder = dirname(file).split("/")[0];
  const rest = parts.filter((part) => sideOf(part) === "");
  return {
    patient: folder === "." ? rest[0] ?? "" : folder,
    side: sides.length === 1 ? sideOf(sides[0]) : "" as const,
    grade: "",
  };
}
