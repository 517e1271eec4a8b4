import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { fitNormative } from "../../../src/normative/fit_normative.ts";
import { directionsToDraw, explainFarHeads } from "../../../src/study/judge/explain_far_heads.ts";

const D = 4;

Deno.test("explainFarHeads: far heads only, the direction they were moved along first; drawn are widest and leading ones", () => {
  const prng = seededPrng(4), sd = [4, 2, 1, 0.5];
  const codes = (n: number) => Float64Array.from({ length: n * D }, (_, k) => sd[k % D] * prng.normal());
  const reference = { kind: "synthetic", name: "toy", latents: codes(100) } as const;
  const normative = fitNormative(codes(800), { d: D, reference, estimator: "sample" });
  const far = Float64Array.of(0, 0, 0, 4), near = Float64Array.of(1, 0.5, 0, 0);
  const latents = [near, far].map((mean) => ({ kind: "latent-vector", mean, logVariance: mean }));
  const heads = [{ headId: "near" }, { headId: "far" }];
  // deno-lint-ignore no-explicit-any -- only ids, codes and the model are looked at
  const told = explainFarHeads(heads as any, { latents, normative } as any);
  assertEquals(told.map((each) => each.headId), ["far"]);
  assertEquals(told[0].directions[0].index, 3);
  assert(told[0].directions[0].share > 0.95 && Math.abs(told[0].directions[0].z) > 6);
  assert(Math.abs(told[0].distance - 8) < 0.6);
  assertEquals(directionsToDraw(told, { d: D, widest: 1, most: 2 }), [0, 3]);
  assertEquals(directionsToDraw([], { d: D, widest: 9, most: 12 }), [0, 1, 2, 3]);
});
