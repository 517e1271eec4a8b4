import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { fitNormative } from "../../../src/normative/fit_normative.ts";
import { directionsToDraw, explainFarHeads } from "../../../src/study/judge/explain_far_heads.ts";

const D = 4;

Deno.test("explainFarHeads: explains only far heads, main direction first; the main direction is drawn in addition to the widest one", () => {
  const prng = seededPrng(4), sd = [4, 2, 1, 0.5];
  const codes = (n: number) => Float64Array.from({ length: n * D }, (_, k) => sd[k % D] * prng.normal());
  const reference = { kind: "synthetic", name: "toy", latents: codes(100) } as const;
  const normative = fitNormative(codes(800), { d: D, reference, estimator: "sample" });
  const far = Float64Array.of(0, 0, 0, 4), near = Float64Array.of(1, 0.5, 0, 0);
  const latents = [near, far].map((mean) => ({ kind: "latent-vector", mean, logVariance: mean }));
  const heads = [{ headId: "near" }, { headId: "far" }];
  // deno-lint-ignore no-explicit-any -- only ids, latent vectors and the model are read
  const explained = explainFarHeads(heads as any, { latents, normative } as any);
  assertEquals(explained.map((each) => each.headId), ["far"]);
  assertEquals(explained[0].directions[0].index, 3);
  assert(explained[0].directions[0].share > 0.95 && Math.abs(explained[0].directions[0].z) > 6);
  assert(Math.abs(explained[0].distance - 8) < 0.6);
  assertEquals(directionsToDraw(explained, { d: D, widest: 1, most: 2 }), [0, 3]);
  assertEquals(directionsToDraw([], { d: D, widest: 9, most: 12 }), [0, 1, 2, 3]);
});

Deno.test("explainFarHeads: three directions per head, the largest shares, in descending order", () => {
  const d = 5, n = 400, prng = seededPrng(5);
  const codes = (count: number) =>
    Float64Array.from({ length: count * d }, (_, k) => (1 + k % d) * prng.normal());
  const reference = { kind: "synthetic", name: "toy", latents: codes(100) } as const;
  const normative = fitNormative(codes(n), { d, reference, estimator: "sample" });
  const mean = Float64Array.of(3, 2, 9, 16, 30); // 3, 1, 3, 4 and 6 of their standard deviations
  const latents = [{ kind: "latent-vector", mean, logVariance: mean }];
  // Only ids, latent vectors and the model are read.
  const [heads, judged] = [[{ headId: "far" }], { latents, normative }] as unknown as Parameters<
    typeof explainFarHeads
  >;
  const [{ directions, distance }] = explainFarHeads(heads, judged);
  const shares = directions.map(({ share }) => share);
  assertEquals(directions.length, 3);
  assertEquals(shares, shares.toSorted((a, b) => b - a));
  assertEquals(directions.slice(0, 2).map(({ index }) => index), [0, 1]);
  const reported = directions.reduce((sum, { z }) => sum + z * z, 0) / distance ** 2;
  assert(
    reported > 0.8 && reported < 0.95,
    `${reported}: the reported shares must be most of the squared distance, not all`,
  );
});

Deno.test("directionsToDraw: ties go to the larger variance; no more than requested; none without a share is added", () => {
  const far = (...shares: [number, number][]) => [{
    headId: "h",
    distance: 9,
    directions: shares.map(([index, share]) => ({ index, z: 3, share })),
  }];
  assertEquals(directionsToDraw(far([7, 0.3], [5, 0.3], [6, 0.4]), { d: 9, widest: 2, most: 4 }), [
    0,
    1,
    5,
    6,
  ]);
  assertEquals(
    directionsToDraw(far([5, 0.3], [6, 0.4]), { d: 9, widest: 2, most: 3 }),
    [0, 1, 6],
    "the larger share",
  );
  assertEquals(directionsToDraw(far([5, 0.4], [6, 0.3]), { d: 9, widest: 2, most: 3 }), [0, 1, 5]);
  assertEquals(directionsToDraw(far([7, 0.3], [5, 0.3]), { d: 9, widest: 2, most: 3 }), [0, 1, 5], "a tie");
  assertEquals(directionsToDraw(far([7, 0.3]), { d: 9, widest: 2, most: 6 }), [0, 1, 7]);
  assertEquals(directionsToDraw(far([7, 0]), { d: 9, widest: 2, most: 6 }), [0, 1]);
});
