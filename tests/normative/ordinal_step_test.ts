import { assertClose } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { ordinalStep } from "../../src/normative/ordinal_step.ts";

Deno.test("ordinalStep: gradient and information matrix agree with finite differences", () => {
  const prng = seededPrng(2), n = 12, p = 2, k = 4;
  const problem = {
    x: Float64Array.from({ length: n * p }, () => prng.normal()),
    y: Int32Array.from({ length: n }, (_, i) => i % k),
    weight: Float64Array.from({ length: n }, () => 0.5 + prng()),
    n,
    p,
    k,
    ridge: 0.7,
  };
  const at = Float64Array.of(-1, 0.2, 1.1, 0.4, -0.8), here = ordinalStep(problem, at), h = 1e-5;
  at.forEach((_, j) => {
    const up = ordinalStep(problem, at.map((v, i) => (i === j ? v + h : v)));
    const down = ordinalStep(problem, at.map((v, i) => (i === j ? v - h : v)));
    assertClose(here.gradient[j], (up.value - down.value) / (2 * h), { relative: 1e-6, absolute: 1e-8 });
    for (let i = j; i < at.length; i++) {
      const slope = -(up.gradient[i] - down.gradient[i]) / (2 * h);
      assertClose(here.information[i * at.length + j], slope, { relative: 1e-6, absolute: 1e-7 });
    }
  });
});
