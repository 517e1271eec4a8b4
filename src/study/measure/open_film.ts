import type { PhantomCohort } from "../../phantom/patient/paper_cohort.ts";
import { parseRadiograph } from "../../radiograph/parse_radiograph.ts";
import { FileMemory } from "../../radiograph/guard/read_file_bytes.ts";
import type { Radiograph } from "../../types.ts";
import type { FilmJob } from "../cohort/film_job.ts";
import { type OpenedFilm, truthFromMask } from "./measure_film.ts";
import { readMask } from "../cohort/read_mask.ts";
import { phantomCohort, phantomFilm } from "../cohort/phantom_film.ts";

/** Folder in which rendered films are stored, so that they are rendered only once. */
export interface FilmShelf {
  readonly folder: string;
  /** Fingerprint of the renderer; stored films with another one are rendered again. */
  readonly fingerprint: string;
}

/**
 * Returns a function that opens the film of a job: it reads the file, or renders a synthetic film. The pixels of a film
 * are valid only until the next film is opened, because its memory is reused.
 */
export function filmOpener(
  shelf: FilmShelf | null,
  { writer }: { writer?: string } = {},
): (job: FilmJob) => Promise<OpenedFilm> {
  const cohorts = new Map<string, PhantomCohort>(), memory = new FileMemory();
  return async ({ source, film }) => {
    if (source.kind === "file") return await openFile(source.path, memory);
    if (source.kind !== "phantom" || !shelf) {
      throw new TypeError(`Cannot open film ${film}: it has no source`);
    }
    const { cohort: name, seed, index } = source, key = `${name} ${seed}`;
    if (!cohorts.has(key)) cohorts.set(key, phantomCohort(name, seed));
    const { png, truth } = await phantomFilm(cohorts.get(key)!, { index, ...shelf, writer });
    const radiograph = await parseRadiograph(png, { name: film });
    return {
      radiograph,
      truth: (head) => Promise.resolve(truth.find((each) => each.side === head.side) ?? null),
    };
  };
}

async function openFile(path: string, memory: FileMemory): Promise<OpenedFilm> {
  const radiograph = await readFilm(path, memory);
  return {
    radiograph,
    truth: async (head, found) => {
      if (!head.mask) return null;
      const asked = { film: path, side: head.side, picture: (mask: string) => readFilm(mask) };
      return truthFromMask(await readMask(head.mask, asked), found);
    },
  };
}

/**
 * Reads a film in this thread. {@linkcode parseRadiograph} has a time limit, so no separate worker is needed.
 *
 * @param memory Buffer for the bytes of the file. The film may be a view of it, so it is valid only until the next file
 * is read into the same buffer. By default the film has a buffer of its own.
 * @throws {RadiographError} if the file cannot be read as a radiograph.
 */
export async function readFilm(path: string, memory = new FileMemory()): Promise<Radiograph> {
  return await parseRadiograph(memory.read(path));
}
