import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { trustworthiness } from "../../src/projection/trustworthiness.ts";
import { projectPca } from "../../src/projection/project_pca.ts";

interface Case {
  d: number;
  neighbors: number;
  rows: number[];
  points: number[];
  trustworthiness: number;
  explained: number[];
}
const FIXTURE = new URL("../fixtures/projection/trustworthiness.json", import.meta.url);
const { cases }: { cases: Case[] } = JSON.parse(Deno.readTextFileSync(FIXTURE));

Deno.test("trustworthiness: agrees with scikit-learn on a hundred maps", () => {
  assert(cases.length >= 100);
  for (const { d, neighbors, rows, points, trustworthiness: expected } of cases) {
    const got = trustworthiness(Float64Array.from(rows), Float64Array.from(points), { d, neighbors });
    assertClose(got.trustworthiness, expected, { relative: 1e-12 });
  }
});

Deno.test("projectPca: explained variance agrees with scikit-learn", () => {
  for (const { d, rows, explained } of cases) {
    assertClose(projectPca(Float64Array.from(rows), { d }).explained, explained, { relative: 1e-9 });
  }
});

Deno.test("trustworthiness: a map equal to the data has trustworthiness 1, and so has each of its points", () => {
  const prng = seededPrng(5);
  const rows = Float64Array.from({ length: 60 }, () => prng.normal()); // [30, 2]
  const { trustworthiness: mean, perPoint, neighborPreservation } = trustworthiness(rows, rows, {
    d: 2,
    neighbors: 7,
  });
  assertClose([mean, neighborPreservation], [1, 1]);
  assertClose(perPoint, new Float64Array(30).fill(1));
});

Deno.test("trustworthiness: n / 2 neighbours, or a map of another length than the data, are rejected", () => {
  const rows = Float64Array.from({ length: 20 }, (_, i) => i);
  assertThrows(() => trustworthiness(rows, rows, { d: 2, neighbors: 5 }), RangeError, "below n / 2 = 5");
  assertThrows(() => trustworthiness(rows, rows.slice(2), { d: 2, neighbors: 2 }), TypeError, "got 18");
});

Deno.test("trustworthiness: estimated on a sample, it is close to the full value, and the sample's size is reported", () => {
  const prng = seededPrng(6), n = 1500, d = 5;
  const rows = Float64Array.from({ length: n * d }, (_, i) => prng.normal() * (1 + (i % d === 0 ? 3 : 0)));
  const { points } = projectPca(rows, { d });
  const all = trustworthiness(rows, points, { d });
  const some = trustworthiness(rows, points, { d, exactUpTo: 1000, sample: 600 });
  assertEquals([all.judgedAmong, some.judgedAmong], [undefined, 600]);
  assertClose(some.trustworthiness, all.trustworthiness, { absolute: 0.02 });
  assertEquals(some.perPoint.length, n);
  assert(
    trustworthiness(rows, points.toReversed(), { d, exactUpTo: 1000, sample: 600 }).trustworthiness < 0.6,
  );
  const identical = trustworthiness(rows, rows, { d, mapColumns: d, exactUpTo: 1000, sample: 600 });
  assertClose(identical.perPoint, new Float64Array(n).fill(1));
});
