import type { PhantomCohort } from "../../phantom/patient/paper_cohort.ts";
import { parseRadiograph } from "../../radiograph/parse_radiograph.ts";
import { FileMemory } from "../../radiograph/guard/read_file_bytes.ts";
import type { Radiograph } from "../../types.ts";
import type { FilmJob } from "../cohort/film_job.ts";
import { type OpenedFilm, truthFromMask } from "./measure_film.ts";
import { readMask } from "../cohort/read_mask.ts";
import { phantomCohort, phantomFilm } from "../cohort/phantom_film.ts";

/** Where rendered films are kept, and by which renderer. */
export interface FilmShelf {
  readonly folder: string;
  readonly fingerprint: string;
}

/** A way to open the film of any job: read from disk, or rendered. A film is open until the next one is. */
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
 * Decodes in this thread, under the time limit of {@linkcode parseRadiograph}: a film needs no worker of its own.
 *
 * @param memory What the film (its hash too) may be a view of, until the next file is read into it. Default: memory of its own.
 */
export async function readFilm(path: string, memory = new FileMemory()): Promise<Radiograph> {
  return await parseRadiograph(memory.read(path));
}
