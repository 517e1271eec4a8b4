import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import type { FilmJob } from "../../../src/study/cohort/film_job.ts";
import { cutShards } from "../../../src/study/cluster/cut_shards.ts";

const films = (count: number) => ({
  jobs: Array.from({ length: count }, (): FilmJob => ({ film: "f", source: { kind: "none" }, heads: [] })),
});

Deno.test("cutShards: every portion once and in order, for any sizes", () => {
  const prng = seededPrng(3);
  for (let round = 0; round < 50; round++) {
    const portions = Array.from({ length: 1 + prng.integer(200) }, () => films(1 + prng.integer(40)));
    const shards = cutShards(portions, { filmSeconds: 0.1 + prng(), minutes: 0.2 + prng() });
    let next = 0;
    shards.forEach(({ index, from, to, films }, i) => {
      assertEquals([index, from], [i, next]);
      assert(to > from);
      assertEquals(films, portions.slice(from, to).reduce((sum, { jobs }) => sum + jobs.length, 0));
      next = to;
    });
    assertEquals(next, portions.length);
  }
});

Deno.test("cutShards: a registry's shards take about the requested time", () => {
  const shards = cutShards(Array.from({ length: 6250 }, () => films(16)), { filmSeconds: 0.8, minutes: 10 });
  assertEquals(shards.length, Math.ceil(100_000 * 0.8 / 600));
  for (const { minutes } of shards) assert(minutes > 9 && minutes < 11, `${minutes} minutes`);
});
