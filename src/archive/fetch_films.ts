import type { KeyedIds } from "../cohort/keyed_ids.ts";
import { writeAtomic } from "../files/write_atomic.ts";
import { RadiographError } from "../radiograph/guard/radiograph_error.ts";
import { ArchiveError } from "./archive_error.ts";
import type { ArchivedFilm, DicomWeb } from "./dicomweb.ts";
import { deidentifiedCopy } from "./deidentified_copy.ts";

/** Options of {@linkcode fetchFilms}. */
export interface FetchFilmsOptions {
  /** Folder to write. A film goes to `P` + hashed patient id + `/` + hashed film id + `.dcm` below it. */
  out: string;
  /** Makes the hashed ids of patients and films. */
  ids: KeyedIds;
  /** Stops the work before the next film. */
  signal?: AbortSignal;
  /** Called after each film. */
  onFilm?: (fetched: FetchedFilm) => void;
}

/** Result for one film. */
export interface FetchedFilm {
  /** Hashed id of the film. */
  readonly film: string;
  /** Path below the folder `out`; empty if the film failed. */
  readonly file: string;
  /** What happened to the film; `kept`: an earlier call has already fetched it. */
  readonly state: "fetched" | "kept" | "failed";
  /** Whether the header declares burnt-in text; only for fetched films. @default {false} */
  readonly burnedIn?: boolean;
  /** The error, if there was one. */
  readonly error?: { readonly code: string; readonly message: string; readonly fix: string };
}

/**
 * Downloads films from an archive one after the other. Films from an earlier call are not downloaded again. A film
 * that fails is reported, and the others are still downloaded.
 *
 * @throws {ArchiveError} `refused`, `untrusted`, `busy` or `silent`, because the next film would fail in the same way;
 * the reason of `signal` if it is aborted; errors of writing the files.
 */
export async function fetchFilms(
  archive: DicomWeb,
  films: readonly ArchivedFilm[],
  { out, ids, signal, onFilm }: FetchFilmsOptions,
): Promise<FetchedFilm[]> {
  const existing = await filmsBelow(out), fetched: FetchedFilm[] = [];
  for (const wanted of films) {
    signal?.throwIfAborted();
    const film = await ids.id("film", wanted.sopInstanceUid), kept = existing.get(film);
    const one = kept
      ? { film, file: kept, state: "kept" as const }
      : await fetchOne(archive, wanted, { film, out, ids });
    fetched.push(one);
    onFilm?.(one);
  }
  return fetched;
}

async function fetchOne(
  archive: DicomWeb,
  wanted: ArchivedFilm,
  { film, out, ids }: { film: string; out: string; ids: KeyedIds },
): Promise<FetchedFilm> {
  try {
    const copy = await deidentifiedCopy(
      await archive.retrieve(wanted),
      (patient) => ids.id("patient", patient),
    );
    const file = `P${copy.patient}/${film}.dcm`;
    await Deno.mkdir(`${out}/P${copy.patient}`, { recursive: true });
    await writeAtomic(`${out}/${file}`, copy.bytes, { mode: 0o600 });
    return { film, file, state: "fetched", ...(copy.burnedIn ? { burnedIn: true } : {}) };
  } catch (error) {
    const ours = error instanceof RadiographError || error instanceof ArchiveError;
    if (
      !ours ||
      (error instanceof ArchiveError && ["refused", "untrusted", "busy", "silent"].includes(error.code))
    ) {
      throw error;
    }
    const { code, message, fix } = error;
    return { film, file: "", state: "failed", error: { code, message, fix } };
  }
}

/** Paths below `out` of the films from earlier calls, by hashed film id. Creates `out` if it does not exist. */
async function filmsBelow(out: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  await Deno.mkdir(out, { recursive: true });
  for await (const { name: patient, isDirectory } of Deno.readDir(out)) {
    if (!isDirectory || !/^P[0-9a-f]{16}$/.test(patient)) continue;
    for await (const { name, isFile } of Deno.readDir(`${out}/${patient}`)) {
      const [, film] = /^([0-9a-f]{16})\.dcm$/.exec(name) ?? [];
      if (isFile && film) found.set(film, `${patient}/${name}`);
    }
  }
  return found;
}
