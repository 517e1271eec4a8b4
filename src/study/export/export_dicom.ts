import type { DicomObject } from "../../archive/dicom_object.ts";
import type { ExportedHead, ExportFacts, FilmObject } from "../../archive/film_object.ts";
import { filmUids } from "../../radiograph/dicom/film_uids.ts";
import type { Radiograph, Side } from "../../types.ts";
import { bitsOfRuns } from "../../segmentation/mask_runs.ts";
import { isFatal } from "../cohort/failure_of.ts";
import type { FilmJob } from "../cohort/film_job.ts";
import { filmOpener } from "../measure/open_film.ts";
import { readTable } from "../../files/read_table.ts";
import { phantomStudyCohort, type StudyCohort } from "../cohort/study_cohort.ts";
import { readStudyRecord, type StudyRecord } from "../folder/study_record.ts";
import { numbersOf, textsOf } from "../../files/table.ts";
import { writeAtomic } from "../../files/write_atomic.ts";
import { InputError } from "../../input_error.ts";

/** Options of {@linkcode exportDicom}. */
export interface ExportDicomOptions {
  /** Folder to write. */
  out: string;
  /** Cohort with the paths of the films; null for a synthetic study, which renders them. @default {null} */
  cohort?: StudyCohort | null;
  /** `source`: refer to the film in its archive if its file has UIDs; `derived`: always refer to an exported copy. @default {"source"} */
  refer?: "source" | "derived";
  /** Aborts the work. */
  signal?: AbortSignal;
  /** Called after each film. */
  onFilm?: (done: number) => void;
}

/** Files written for one film, relative to the folder. */
export interface ExportedFilm {
  /** Keyed id. */
  readonly film: string;
  /** The heads. */
  readonly heads: number;
  /** Paths of the files. */
  readonly files: readonly string[];
}

/** Outcome of {@linkcode exportDicom}. */
export interface DicomExport {
  /** Number of films. */
  readonly films: readonly ExportedFilm[];
  /** Films that failed. */
  readonly failures: readonly { readonly film: string; readonly message: string }[];
}

/** A head's pixels as `masks.json` keeps them. */
interface KeptMask {
  readonly filmPx: readonly [number, number];
  readonly boxPx: readonly [x: number, y: number, width: number, height: number];
  readonly runs: readonly number[];
}

/** One row of the study's tables, with its mask. */
interface StudyHead extends Omit<ExportedHead, "mask"> {
  readonly film: string;
  readonly patient: string;
  readonly kept: KeptMask;
}

/**
 * Writes each film's outlines as a DICOM Segmentation and its measurements as a Structured Report, with a copy of the film
 * if no film in an archive can be referred to. The same study gives the same objects, including UIDs.
 *
 * @throws {InputError} if the folder holds no finished study, or its films cannot be found.
 */
export async function exportDicom(folder: string, options: ExportDicomOptions): Promise<DicomExport> {
  const { out, refer = "source", signal, onFilm } = options;
  const record = await readStudyRecord(folder);
  if (!record?.hashes) {
    throw new InputError(`Cannot export ${folder}: it must hold a finished study (study.json)`);
  }
  const cohort = options.cohort ?? syntheticCohort(record);
  const shelf = cohort.fingerprint === null
    ? null
    : { folder: `${folder}/films`, fingerprint: cohort.fingerprint };
  if (shelf) await Deno.mkdir(shelf.folder, { recursive: true });
  const open = filmOpener(shelf), jobs = new Map(cohort.jobs.map((job) => [job.film, job]));
  const at = (await Deno.stat(`${folder}/study.json`)).mtime ?? new Date(0);
  const context = { record, facts: { version: record.caput, at }, out, refer };
  const byFilm = Map.groupBy(await studyHeads(folder), ({ film }) => film);
  if (byFilm.size === 0) {
    throw new InputError(`Cannot export ${folder}: no head of it was found on a film (masks.json)`);
  }
  await Deno.mkdir(out, { recursive: true });
  const films: ExportedFilm[] = [], failures: { film: string; message: string }[] = [];
  for (const [film, heads] of byFilm) {
    signal?.throwIfAborted();
    try {
      const job = jobs.get(film);
      if (!job) {
        throw new InputError("the cohort file names no such film; give the one and the key it was run with");
      }
      films.push(await exportFilm(job, heads, { ...context, radiograph: (await open(job)).radiograph }));
    } catch (error) {
      if (isFatal(error) || !(error instanceof Error)) throw error;
      failures.push({ film, message: error.message });
    }
    onFilm?.(films.length + failures.length);
  }
  return { films, failures };
}

/** The cohort a synthetic study was made from, by its name. */
function syntheticCohort({ cohort: { kind, name } }: StudyRecord): StudyCohort {
  const [, phantom, seed] = /^(\w+) phantom, seed (\d+)$/.exec(name) ?? [];
  if (kind === "synthetic" && phantom) return phantomStudyCohort(phantom, Number(seed));
  throw new InputError("Cannot export: a study keeps no paths of its films; name them with --cohort FILE");
}

/** Heads with a mask, in the order of the table. */
async function studyHeads(folder: string): Promise<StudyHead[]> {
  const [heads, deviations] = await Promise.all(
    ["heads", "deviations"].map((name) => readTable(`${folder}/${name}.parquet`)),
  );
  const masks = await readMasks(folder);
  const column = (name: string) => numbersOf(name in heads ? heads : deviations, name);
  const places = {
    x: column("center_x_px"),
    y: column("center_y_px"),
    px: column("radius_px"),
    mm: column("head_radius_mm"),
  };
  const values = {
    distance: column("distance"),
    percentile: column("percentile"),
    residual: column("residual"),
  };
  const low = column("percentile_low"), high = column("percentile_high");
  const domain = textsOf(deviations, "out_of_domain");
  const film = textsOf(heads, "film"), patient = textsOf(heads, "patient");
  const side = textsOf(heads, "side"), quality = textsOf(heads, "quality");
  return textsOf(heads, "head_id").flatMap((headId, i): StudyHead[] => {
    const kept = Object.hasOwn(masks, headId) ? masks[headId] : null;
    if (!kept) return [];
    return [{
      headId,
      film: film[i],
      patient: patient[i],
      side: side[i] as Side,
      centerPx: [places.x[i], places.y[i]],
      radiusPx: places.px[i],
      radiusMm: places.mm[i],
      distance: values.distance[i],
      percentile: values.percentile[i],
      percentileInterval: [low[i], high[i]],
      residual: values.residual[i],
      outOfDomain: domain[i] === "true" || domain[i] === "1",
      quality: quality[i].split(" ").filter((code) => code !== ""),
      kept,
    }];
  });
}

async function readMasks(folder: string): Promise<Record<string, KeptMask>> {
  try {
    return JSON.parse(await Deno.readTextFile(`${folder}/masks.json`)).heads;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(`Cannot export ${folder}: it was made before masks were kept; run the study again`);
  }
}

async function exportFilm(
  job: FilmJob,
  heads: readonly StudyHead[],
  { radiograph, record, facts, out, refer }: {
    radiograph: Radiograph;
    record: StudyRecord;
    facts: ExportFacts;
    out: string;
    refer: "source" | "derived";
  },
): Promise<ExportedFilm> {
  const { segmentationObject } = await import("../../archive/segmentation_object.ts");
  const { measurementReport } = await import("../../archive/measurement_report.ts");
  const { film, object } = await referTo(job, { radiograph, patient: heads[0].patient, facts, refer });
  const exported = heads.map((head) => onFilm(head, { film, radiograph }));
  const segmentation = segmentationObject(film, { heads: exported, facts });
  const { reference, plan } = record;
  const report = measurementReport(film, {
    heads: exported,
    segmentation,
    basis: { reference: `${reference.n} ${reference.name} (${reference.kind})`, models: plan.models },
    facts,
  });
  const objects: [string, DicomObject][] = [["seg", segmentation], ["sr", report]];
  if (object) objects.unshift(["film", object]);
  const files: string[] = [];
  for (const [kind, { bytes }] of objects) {
    files.push(`${job.film}.${kind}.dcm`);
    await writeAtomic(`${out}/${files.at(-1)}`, bytes, { sync: false });
  }
  return { film: job.film, heads: heads.length, files };
}

/** The film in its archive where its file tells its UIDs, else a copy of it. */
async function referTo(
  job: FilmJob,
  { radiograph, patient, facts, refer }: {
    radiograph: Radiograph;
    patient: string;
    facts: ExportFacts;
    refer: "source" | "derived";
  },
): Promise<{ film: FilmObject; object: DicomObject | null }> {
  const uids = refer === "source" && job.source.kind === "file"
    ? filmUids(await Deno.readFile(job.source.path))
    : null;
  if (uids) {
    const { pixelAspect = 1, pixelSpacingMm: spacing } = radiograph;
    const pixelSpacingMm = spacing ? [spacing[0] * pixelAspect, spacing[1]] as const : null;
    return { film: { ...uids, patient, pixelSpacingMm }, object: null };
  }
  const { derivedFilm } = await import("../../archive/derived_film.ts");
  return derivedFilm(radiograph, { id: job.film, patient, facts });
}

/** A head in the rows and columns of the film that is referred to, which are fewer or more than those that were read where its pixels are not square. */
function onFilm(
  { kept: { filmPx, boxPx: [x, y, width, height], runs }, film: _, patient: __, ...head }: StudyHead,
  { film: { rows, columns }, radiograph: { widthPx, heightPx } }: {
    film: FilmObject;
    radiograph: Radiograph;
  },
): ExportedHead {
  if (filmPx[0] !== widthPx || filmPx[1] !== heightPx || columns !== widthPx) {
    throw new InputError("the film is not the one that was measured: its size is another");
  }
  const inBox = bitsOfRuns(runs, width * height), mask = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = Math.min(heightPx - 1, Math.floor((row + 0.5) * heightPx / rows)) - y;
    if (from < 0 || from >= height) continue;
    mask.set(inBox.subarray(from * width, (from + 1) * width), row * columns + x);
  }
  const [cx, cy] = head.centerPx;
  return { ...head, centerPx: [cx, (cy + 0.5) * rows / heightPx - 0.5], mask };
}
