import type { DicomObject } from "../../archive/dicom_object.ts";
import type { ExportedHead, ExportFacts, FilmObject } from "../../archive/film_object.ts";
import { InputError } from "../../input_error.ts";
import { filmUids } from "../../radiograph/dicom/film_uids.ts";
import { bitsOfRuns } from "../../masks/bit_runs.ts";
import type { Radiograph } from "../../types.ts";
import type { FilmJob } from "../cohort/film_job.ts";
import type { StudyRecord } from "../folder/study_record.ts";
import type { StudyHead } from "./study_heads.ts";

/** DICOM objects of one film. */
export interface FilmObjects {
  /** Keyed id of the film. */
  readonly film: string;
  /** Number of outlined heads. */
  readonly heads: number;
  /** The objects with their file names, such as `FILM.seg.dcm`. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

/** Options shared by the objects of all films. */
export interface ExportContext {
  readonly record: StudyRecord;
  readonly facts: ExportFacts;
  /** `source`: refer to the film by its own UIDs, if it has any; `derived`: always refer to a copy. */
  readonly refer: "source" | "derived";
}

/**
 * Makes the DICOM objects of one film: a Segmentation and a Structured Report. If they cannot refer to the film by its
 * own UIDs, a copy of the film comes first.
 *
 * @param heads at least one, with their masks
 * @throws {InputError} if the size of the film differs from that of the measured film.
 */
export async function filmObjects(
  job: FilmJob,
  heads: readonly StudyHead[],
  { radiograph, record, facts, refer }: ExportContext & { radiograph: Radiograph },
): Promise<FilmObjects> {
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
  const files = objects.map(([kind, { bytes }]) => ({ name: `${job.film}.${kind}.dcm`, bytes }));
  return { film: job.film, heads: heads.length, files };
}

/**
 * The film that the objects refer to: by its own UIDs if its file has them, otherwise a copy, which is also returned.
 */
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

/**
 * Converts the coordinates of a head to rows and columns of the referenced film. A film whose pixels are not square was
 * resampled to square pixels when it was read, so the original has a different number of rows from the one measured.
 */
function onFilm(
  { kept: { filmPx, boxPx: [x, y, width, height], runs }, film: _, patient: __, ...head }: StudyHead,
  { film: { rows, columns }, radiograph: { widthPx, heightPx } }: {
    film: FilmObject;
    radiograph: Radiograph;
  },
): ExportedHead {
  if (filmPx[0] !== widthPx || filmPx[1] !== heightPx || columns !== widthPx) {
    throw new InputError("The film is not the one that was measured: its size differs", {
      fix: "the file was replaced after the study was run: restore it, or run the study again",
    });
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
