import { writeAtomic } from "../../files/write_atomic.ts";
import { isFatal } from "../cohort/failure_of.ts";
import { openDicomExport, type OpenDicomExportOptions } from "./open_dicom_export.ts";

/** Options of {@linkcode exportDicom}. */
export interface ExportDicomOptions extends OpenDicomExportOptions {
  /** Folder for the DICOM files. */
  out: string;
  /** Aborts the work. */
  signal?: AbortSignal;
  /** Called after each film, exported or failed, with the number of films done and the total. */
  onFilm?: (done: number, total: number) => void;
}

/** Files written for one film. */
export interface ExportedFilm {
  /** Keyed id of the film. */
  readonly film: string;
  /** Number of outlined heads. */
  readonly heads: number;
  /** Paths of the files, relative to the output folder. */
  readonly files: readonly string[];
}

/** Outcome of {@linkcode exportDicom}. */
export interface DicomExport {
  /** Films that were exported. */
  readonly films: readonly ExportedFilm[];
  /** Films that could not be exported, with the reason. */
  readonly failures: readonly { readonly film: string; readonly message: string }[];
}

/**
 * Writes each film's outlines as a DICOM Segmentation and its measurements as a Structured Report. Both refer to the
 * film by its UIDs; if its file has none (or `refer` is "derived"), a DICOM copy of the film is written too, and they
 * refer to the copy. The same study gives the same objects, including UIDs.
 * A film that cannot be exported becomes a failure in the result.
 *
 * @throws {InputError} if the folder contains no finished study, none of its heads has an outline, or the study is not
 * synthetic and `cohort` is missing.
 */
export async function exportDicom(folder: string, options: ExportDicomOptions): Promise<DicomExport> {
  const { out, signal, onFilm } = options;
  const exporter = await openDicomExport(folder, options);
  await Deno.mkdir(out, { recursive: true });
  const films: ExportedFilm[] = [], failures: { film: string; message: string }[] = [];
  for (const film of exporter.films) {
    signal?.throwIfAborted();
    try {
      const { heads, files } = await exporter.objects(film);
      for (const { name, bytes } of files) await writeAtomic(`${out}/${name}`, bytes, { sync: false });
      films.push({ film, heads, files: files.map(({ name }) => name) });
    } catch (error) {
      if (isFatal(error) || !(error instanceof Error)) throw error;
      failures.push({ film, message: error.message });
    }
    onFilm?.(films.length + failures.length, exporter.films.length);
  }
  return { films, failures };
}
