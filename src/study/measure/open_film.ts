import type { PhantomCohort } from "../../phantom/patient/paper_cohort.ts";
import { parseRadiograph } from "../../radiograph/parse_radiograph.ts";
import { FileMemory } from "../../radiograph/guard/read_file_bytes.ts";
import type { Radiograph } from "../../types.ts";
import type { FilmJob } from "../cohort/film_job.ts";
import { type OpenedFilm, truthFromMask } from "./measure_film.ts";
import { readMask } from "../cohort/read_mask.ts";
import { phantomCohort, phantomFilm } from "../cohort/phantom_film.ts";

/** Folder for rendered films, and the version of the renderer. */
export interface FilmShelf {
  readonly folder: string;
  readonly fingerprint: string;
}

/** Opens the film of any job, from disk or by rendering. A film is valid until the next one is opened. */
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
 * Decodes in this thread, with the time limit of {@linkcode parseRadiograph}, so that a film needs no separate worker.
 *
 * @param memory What the film (its hash too) may be a view of, until the next file is read into it. Default: memory of
 * its own.
 */
export async function readFilm(path: string, memory = new FileMemory()): Promise<Radiograph> {
  return await parseRadiograph(memory.read(path));
}
