import { assert, assertEquals, assertThrows } from "@std/assert";
import { fitDomain, outOfDomain } from "../../src/normative/out_of_domain.ts";
import { normals } from "./normals.ts";

Deno.test("outOfDomain: a head with typical measures is inside the domain; heads with an extreme, zero or NaN residual are outside; invalid measures are rejected", () => {
  const residual = normals(112).map((v) => Math.exp(0.1 * v)), meanLogVariance = normals(112, -3, 0.2);
  const domain = JSON.parse(JSON.stringify(fitDomain({ residual, meanLogVariance })));
  assertEquals(outOfDomain({ residual: 1.1, meanLogVariance: -3.1 }, domain).outOfDomain, false);
  for (const odd of [1e-3, 9, 0, NaN]) {
    const verdict = outOfDomain({ residual: odd, meanLogVariance: -3 }, domain);
    assertEquals([verdict.outOfDomain, verdict.reasons[0].measure], [true, "residual"]);
    assert(Number.isFinite(verdict.reasons[0].z));
  }
  assertThrows(() => outOfDomain({ residual: 1 }, domain), TypeError, '"meanLogVariance"');
  assertThrows(() => fitDomain({}), RangeError, "at least one measure");
  assertThrows(() => fitDomain({ residual: [1, 1, 1] }), RangeError, "does not vary among the healthy heads");
  assertThrows(() => fitDomain({ residual: [1, 2, NaN] }), RangeError, "healthy head 2");
  assertThrows(() => fitDomain({ residual: [1, 2, 3], other: [1] }), TypeError, '"other"');
});

Deno.test("fitDomain: with limits from all grades, new heads of the smallest grade are rarely flagged; with limits from healthy heads only, many are", () => {
  const sizes = [300, 120, 40], grades = sizes.flatMap((size, g) => new Array<number>(size).fill(g));
  const draw = () => normals(grades.length, 10).map((v, i) => v + 2 * grades[i]);
  const domain = fitDomain({ distance: draw() }, { grades });
  let flagged = 0, heads = 0;
  for (let turn = 0; turn < 30; turn++) {
    draw().forEach((distance, i) => {
      if (grades[i] !== 2) return;
      heads++;
      flagged += Number(outOfDomain({ distance }, domain).outOfDomain);
    });
  }
  assert(flagged / heads < 0.06, `${flagged} of ${heads}`); // at most 1 / 41 is expected
  const healthyOnly = fitDomain({ distance: draw().slice(0, 300) });
  const sick = draw().filter((_, i) => grades[i] === 2);
  assert(sick.filter((distance) => outOfDomain({ distance }, healthyOnly).outOfDomain).length > 20);
});

Deno.test("fitDomain: with too few heads for the share, a limit of 4 robust spreads is used", () => {
  const domain = fitDomain({ contrast: [1, 1.01, 1.02, 1.03, 1.04, 1.05, 1.06, 1.07] });
  assertEquals(domain.measures.contrast.limit, 4);
});

Deno.test("fitDomain: the conformal rank counts the new head (n + 1), and a head on the limit is inside", () => {
  // For 100 heads the rank is ceil(0.9 x 101) = 91; without counting the new head it would be 90.
  const size = Float64Array.from({ length: 100 }, (_, i) => i + 1 - 200.5); // negative: no logarithm
  const domain = fitDomain({ size }, { share: 0.9 });
  const { median, spread, limit } = domain.measures.size;
  const far = Array.from(size, (v) => Math.abs(v - median) / spread).sort((a, b) => a - b);
  assertEquals(limit, far[90]);
  assertEquals(far[90] > far[89], true);
  const onLimit = Array.from(size).find((v) => Math.abs((v - median) / spread) === limit)!;
  assertEquals(outOfDomain({ size: onLimit }, domain).outOfDomain, false);
  assertEquals(outOfDomain({ size: median + 1.001 * limit * spread }, domain).outOfDomain, true);
});

Deno.test("fitDomain: 99 heads suffice for the default share of 99 %, 98 do not; a measure with values of 0 or below is not transformed by the logarithm", () => {
  const limit = (n: number) =>
    fitDomain({ size: Array.from({ length: n }, (_, i) => i) }).measures.size.limit;
  assertEquals(limit(98), 4);
  assertEquals(limit(99) < 4, true);
  const log = (values: number[]) => fitDomain({ size: values }).measures.size.log;
  assertEquals([log([1, 2, 3]), log([0, 2, 3]), log([-1, 2, 3])], [true, false, false]);
});

Deno.test("fitDomain: the lowest grade is the healthy one; a share is between 0 and 1; three heads are enough for a share of 75 %", () => {
  const size = [1, 2, 3, 11, 12, 13].map((v) => v - 20), grades = [0, 0, 0, 3, 3, 3];
  assertEquals(fitDomain({ size }, { grades }).measures.size.median, -18);
  assertEquals(fitDomain({ size }, { grades: grades.toReversed() }).measures.size.median, -8);
  for (const share of [-1, 0, 1, 1.2]) {
    assertThrows(() => fitDomain({ size }, { share }), RangeError, `got ${share}`);
  }
  const few = fitDomain({ size: [-1, 0, 1] }, { share: 0.75 }).measures.size.limit; // (3 + 1) x 0.25 = 1
  assert(few < 1, `${few}`);
});
