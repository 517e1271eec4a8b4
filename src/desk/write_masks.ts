import { encodePng } from "../image/encode_png.ts";
import { encodeCsv } from "../files/encode_csv.ts";
import { writeAtomic } from "../files/write_atomic.ts";
import { encodeCoco } from "../masks/coco.ts";
import { encodeLabelMe } from "../masks/label_me.ts";
import { labelMap } from "../masks/label_map.ts";
import { encodeNifti } from "../masks/nifti.ts";
import { encodeNrrd } from "../masks/nrrd.ts";
import type { HeadMask, Side } from "../types.ts";

/** Files that masks are written to. */
export const MASK_FORMATS: readonly MaskFormat[] = ["png", "nrrd", "nifti", "labelme", "coco"];
/** Mask format. */
export type MaskFormat = "png" | "nrrd" | "nifti" | "labelme" | "coco";

/** A film whose heads a reader outlined. */
export interface OutlinedFilm {
  readonly film: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Path of the film, as the cohort file is to name it. */
  readonly radiograph: string;
  readonly patient: string;
  /** Heads that are to be learnt from. */
  readonly heads: readonly HeadMask[];
  /** Grade by side where the author gave one. */
  readonly grades?: Partial<Record<Side, string>>;
}

/** Heads to be written, as a film's cohort rows name them: one a side. */
function numbered(heads: readonly HeadMask[]): { head: HeadMask; name: string }[] {
  return heads.map((head, i) => ({
    head,
    name: heads.some((other, k) => k < i && other.side === head.side) ? `${head.side}${i + 1}` : head.side,
  }));
}

/**
 * Writes the outlines of films to a folder: a PNG a head, a label map a film (1 right, 2 left), or one COCO file. Names are made of the
 * films' ids.
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
 * The cohort file that `caput train unet --cohort` takes: one row a head of the films written as PNG. Films with a head of unknown side,
 * or two of one side, are left out: training must know every head of a film. Three patients in ten are left out of the training, to choose
 * and to judge by; all films of a patient are on one side. What an earlier file of this kind says of a film stays: its patient, its
 * grades and its split, so that a film left out once is never learnt from.
 *
 * @param options.masks folder of the masks, as the cohort file is to name it
 * @param options.earlier rows of the earlier file
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

/** Share of patients that are left out of the training. */
const LEFT_OUT = 0.3;

/** Splits by patient: known ones stay, of the others as many are left out as are missing from the share, in order of their ids. */
function splitOf(patients: readonly string[], known: ReadonlyMap<string, string>): Map<string, string> {
  const all = [...new Set(patients)].sort(), splits = new Map<string, string>();
  for (const patient of all) if (known.get(patient)) splits.set(patient, known.get(patient)!);
  const wanted = Math.min(all.length - 1, Math.max(1, Math.round(LEFT_OUT * all.length)));
  let missing = wanted - [...splits.values()].filter((split) => split === "validation").length;
  for (const patient of all.filter((each) => !splits.has(each))) {
    splits.set(patient, missing > 0 ? "validation" : "train");
    missing--;
  }
  return splits;
}

const sideOf = ({ side }: HeadMask) => side;
