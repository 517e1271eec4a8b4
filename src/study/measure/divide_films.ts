import type { FilmJob, Shard } from "../cohort/film_job.ts";

/** Films per shard. If a run is killed, each worker loses at most one shard, a few seconds of work. */
const FILMS_PER_SHARD = 16;

/**
 * Groups films that share a patient, directly or through other films, in order of first appearance (union-find).
 * Usually a group is one film or all films of one patient.
 */
function groupByPatient(jobs: readonly FilmJob[]): FilmJob[][] {
  const parent = jobs.map((_, i) => i); // always an earlier film of the same group
  const rootOf = (i: number): number => parent[i] === i ? i : parent[i] = rootOf(parent[i]);
  const firstFilm = new Map<string, number>();
  jobs.forEach((job, i) => {
    for (const { patient } of job.heads) {
      const [a, b] = [rootOf(firstFilm.get(patient) ?? i), rootOf(i)];
      parent[Math.max(a, b)] = Math.min(a, b);
      if (!firstFilm.has(patient)) firstFilm.set(patient, i);
    }
  });
  const groups = new Map<number, FilmJob[]>();
  jobs.forEach((job, i) => {
    const root = rootOf(i);
    if (!groups.has(root)) groups.set(root, []);
    groups.get(root)!.push(job);
  });
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
}

/**
 * Divides the films into shards of at most `filmsPerShard` films, or more if a patient has more, because all films of a
 * patient are in one shard. The shards do not depend on the machine, so that an interrupted study can be continued on
 * another one.
 */
export function divideFilms(jobs: readonly FilmJob[], { filmsPerShard = FILMS_PER_SHARD } = {}): Shard[] {
  const shards: FilmJob[][] = [[]];
  for (const group of groupByPatient(jobs)) {
    if (shards.at(-1)!.length + group.length > filmsPerShard && shards.at(-1)!.length > 0) shards.push([]);
    shards.at(-1)!.push(...group);
  }
  return shards.filter((shard) => shard.length > 0).map((jobs, index) => ({ index, jobs }));
}
