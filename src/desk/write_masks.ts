import { encodePng } from "../image/encode_png.ts";
import { encodeCsv } from "../files/encode_csv.ts";
import { writeAtomic } from "../files/write_atomic.ts";
import { encodeCoco } from "../masks/coco.ts";
import { encodeLabelMe } from "../masks/label_me.ts";
import { labelMap } from "../masks/label_map.ts";
import { encodeNifti } from "../masks/nifti.ts";
import { encodeNrrd } from "../masks/nrrd.ts";
import type { HeadMask, Side } from "../types.ts";

/** Formats that masks can be written in. */
export const MASK_FORMATS: readonly MaskFormat[] = ["png", "nrrd", "nifti", "labelme", "coco"];
/** File format of masks; `labelme` and `coco` are JSON. */
export type MaskFormat = "png" | "nrrd" | "nifti" | "labelme" | "coco";

/** A film with heads that a reader outlined. */
export interface OutlinedFilm {
  /** Id of the film, used in file names. */
  readonly film: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Path of the film as written in the cohort file. */
  readonly radiograph: string;
  readonly patient: string;
  /** Heads on the film, without implants. */
  readonly heads: readonly HeadMask[];
  /** Grade by side, if one was given. */
  readonly grades?: Partial<Record<Side, string>>;
}

/** Names each head by its side; a repeated side is followed by the head's position in the list, from 1. */
function numbered(heads: readonly HeadMask[]): { head: HeadMask; name: string }[] {
  return heads.map((head, i) => ({
    head,
    name: heads.some((other, k) => k < i && other.side === head.side) ? `${head.side}${i + 1}` : head.side,
  }));
}

/**
 * Writes the outlines of films to a folder: one PNG per head, one label map (NRRD, NIfTI; 1 right, 2 left, 3 unknown)
 * or LabelMe file per film, or one COCO file for all films. Except for COCO, file names start with the film's id.
 *
 * @returns paths of the files, below `folder`
 */
export async function writeMasks(
  films: readonly OutlinedFilm[],
  { folder, format }: { folder: string; format: MaskFormat },
): Promise<string[]> {
  await Deno.mkdir(folder, { recursive: true });
  const written: string[] = [];
  const write = async (name: string, content: Uint8Array | string) => {
    await writeAtomic(`${folder}/${name}`, content);
    written.push(name);
  };
  if (format === "coco") {
    await write(
      "heads.coco.json",
      encodeCoco(films.map(({ film, ...rest }) => ({ ...rest, name: nameOf(rest, film) }))),
    );
    return written;
  }
  for (const film of films) {
    if (format === "labelme") {
      await write(`${film.film}.json`, encodeLabelMe(film.heads, { ...film, name: nameOf(film, film.film) }));
    } else if (format === "png") {
      for (const { head, name } of numbered(film.heads)) {
        const { labels, widthPx, heightPx } = labelMap([head], film);
        const samples = labels.map((label) => label ? 255 : 0);
        await write(`${film.film}.${name}.png`, encodePng({ widthPx, heightPx, samples }));
      }
    } else {
      const map = labelMap(film.heads, film), isNrrd = format === "nrrd";
      await write(`${film.film}.${isNrrd ? "nrrd" : "nii.gz"}`, isNrrd ? encodeNrrd(map) : encodeNifti(map));
    }
  }
  return written;
}

function nameOf({ radiograph }: Pick<OutlinedFilm, "radiograph">, film: string): string {
  return radiograph.replace(/^.*[\\/]/, "") || film;
}

/**
 * Makes the cohort file for `caput train unet --cohort`: one row per head of the films whose masks were written as PNG.
 * Films without a head, with a head of unknown side, or with two heads of one side are excluded, because training
 * requires the side of every head. About three patients in ten (at least one of two or more) get the split `validation`, that is, they are excluded from
 * training; all films of a patient are in the same subset. Patient, grades and split of a film are taken from an
 * earlier file of this kind if there is one, so that a film that was excluded once is never used for training.
 *
 * @param options.masks folder of the masks, relative to the cohort file
 * @param options.earlier rows of the earlier file
 * @returns the text of the file, the ids of the films in it (`used`) and those of the films that are not (`left`)
 */
export function correctedCohort(
  films: readonly OutlinedFilm[],
  { masks, earlier = [] }: { masks: string; earlier?: readonly CorrectedRow[] },
): { csv: string; used: string[]; left: string[] } {
  const used = films.filter(({ heads }) =>
    heads.length > 0 && new Set(heads.map(sideOf)).size === heads.length &&
    heads.every(({ side }) => side !== "unknown")
  );
  const maskOf = ({ film }: OutlinedFilm, side: Side) => `${masks}/${film}.${side}.png`;
  const before = new Map(earlier.map((row) => [row.mask, row]));
  const patientOf = (film: OutlinedFilm) =>
    film.heads.map(({ side }) => before.get(maskOf(film, side))?.patient).find((name) => name) ??
      film.patient;
  const splits = splitOf(used.map(patientOf), new Map(earlier.map(({ patient, split }) => [patient, split])));
  const rows = used.flatMap((film) =>
    film.heads.map(({ side }): CorrectedRow => ({
      radiograph: film.radiograph,
      patient: patientOf(film),
      side,
      grade: before.get(maskOf(film, side))?.grade || film.grades?.[side] || "",
      mask: maskOf(film, side),
      split: splits.get(patientOf(film))!,
    }))
  );
  const column = (name: keyof typeof rows[number]) => rows.map((row) => row[name]);
  const csv = encodeCsv({
    radiograph: column("radiograph"),
    patient: column("patient"),
    side: column("side"),
    grade: column("grade"),
    mask: column("mask"),
    split: column("split"),
  });
  const names = new Set(used.map(({ film }) => film));
  return { csv, used: [...names], left: films.map(({ film }) => film).filter((film) => !names.has(film)) };
}

/** One row of the cohort file of corrected films. */
export interface CorrectedRow {
  readonly radiograph: string;
  readonly patient: string;
  readonly side: string;
  readonly grade: string;
  readonly mask: string;
  readonly split: string;
}

/** Share of patients that are excluded from training. */
const LEFT_OUT = 0.3;

/**
 * Splits by patient. Known patients keep their subset. Of the others, in order of their ids, as many get the split
 * `validation` as are missing to reach `LEFT_OUT` (at least one if there are two patients or more).
 */
function splitOf(patients: readonly string[], known: ReadonlyMap<string, string>): Map<string, string> {
  const all = [...new Set(patients)].sort(), splits = new Map<string, string>();
  for (const patient of all) if (known.get(patient)) splits.set(patient, known.get(patient)!);
  const target = Math.min(all.length - 1, Math.max(1, Math.round(LEFT_OUT * all.length)));
  let missing = target - [...splits.values()].filter((split) => split === "validation").length;
  for (const patient of all.filter((each) => !splits.has(each))) {
    splits.set(patient, missing > 0 ? "validation" : "train");
    missing--;
  }
  return splits;
}

const sideOf = ({ side }: HeadMask) => side;
