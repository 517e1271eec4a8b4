import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import type { ExpectedHead, FilmJob } from "../../../src/study/cohort/film_job.ts";
import { divideFilms } from "../../../src/study/measure/divide_films.ts";

function film(name: string, ...patients: string[]): FilmJob {
  const heads = patients.map((patient, i): ExpectedHead => ({
    headId: `${name}-${i}`,
    patient,
    row: 1,
    side: i === 0 ? "right" : "left",
    grade: 0,
  }));
  return { film: name, source: { kind: "none" }, heads };
}

const names = (jobs: readonly FilmJob[]) =>
  divideFilms(jobs, { filmsPerShard: 2 }).map((s) => s.jobs.map((j) => j.film));

Deno.test("divideFilms: fills shards in order", () => {
  assertEquals(names([film("a", "1"), film("b", "2"), film("c", "3")]), [["a", "b"], ["c"]]);
  assertEquals(names([]), []);
});

Deno.test("divideFilms: a patient is never divided, even if joined through another film", () => {
  assertEquals(names([film("a", "1"), film("b", "2"), film("c", "1")]), [["a", "c"], ["b"]]);
  assertEquals(names([film("a", "1"), film("b", "2"), film("c", "1", "2")]), [["a", "b", "c"]]);
});

Deno.test("divideFilms: for any cohort, shards share no patient and lose no film", () => {
  const prng = seededPrng(4);
  for (let round = 0; round < 50; round++) {
    const n = 1 + prng.integer(40);
    const jobs = Array.from(
      { length: n },
      (_, i) => film(`f${i}`, `p${prng.integer(25)}`, `p${prng.integer(25)}`),
    );
    const shards = divideFilms(jobs, { filmsPerShard: 4 });
    const owner = new Map<string, number>();
    for (const { index, jobs: inside } of shards) {
      for (const head of inside.flatMap((job) => job.heads)) {
        assert((owner.get(head.patient) ?? index) === index, `${head.patient} is in two shards`);
        owner.set(head.patient, index);
      }
    }
    assertEquals(new Set(shards.flatMap((s) => s.jobs)).size, n);
  }
});
