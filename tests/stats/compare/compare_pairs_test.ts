import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { auc } from "../../../src/stats/effects/auc.ts";
import { comparePairs } from "../../../src/stats/compare/compare_pairs.ts";
import type { CompareOptions } from "../../../src/stats/compare/comparison.ts";
import { holm } from "../../../src/stats/correction/holm.ts";
import { readFixture } from "../read_fixture.ts";
import { InputError } from "../../../src/input_error.ts";

const NAMES = { value: "distance", group: "grade", cluster: "patient", bootstraps: 200, permutations: 199 };

/** Two heads per patient, grades 0 to 2, values rising with grade. */
function sampleTable(patients = 40, seed = 2) {
  const prng = seededPrng(seed);
  const table = {
    head_id: [] as string[],
    distance: [] as number[],
    grade: [] as string[],
    patient: [] as string[],
    age: [] as number[],
    sex: [] as string[],
  };
  for (let p = 0; p < patients; p++) {
    const common = prng.normal(), age = 40 + prng.integer(40), sex = p % 2 ? "f" : "m";
    for (const side of ["right", "left"]) {
      const grade = p % 3 === 0 ? prng.integer(3) : p % 3;
      table.head_id.push(`h${p}-${side}`);
      table.distance.push(5 + common + prng.normal() + grade);
      table.grade.push(String(grade));
      table.patient.push(`p${p}`);
      table.age.push(age);
      table.sex.push(sex);
    }
  }
  return table;
}

Deno.test("comparePairs: one row per group and per pair of groups; p is adjusted over all pairs", () => {
  const table = sampleTable(), found = comparePairs(table, NAMES);
  assertEquals(found.groups.map((g) => g.group), ["0", "1", "2"]);
  assertEquals(found.groups.reduce((n, g) => n + g.n, 0), 80);
  assertEquals(found.pairs.map((p) => p.a + p.b), ["01", "02", "12"]);
  assertEquals(found.pairs.map((p) => p.clusteredPAdjusted), holm(found.pairs.map((p) => p.clusteredP)));
  assertEquals(found.omnibus.dunn.length, 3);
  const pick = (g: string) => table.distance.filter((_, i) => table.grade[i] === g);
  assertClose(found.pairs[1].auc, auc(pick("0"), pick("2")));
  assert(
    found.pairs[1].auc > 0.5 && found.trend.jonckheereZ > 0,
    "effects are positive if b is larger than a",
  );
  const [low, high] = found.pairs[1].aucIntervalBootstrap!;
  assert(low < found.pairs[1].auc && found.pairs[1].auc < high);
});

Deno.test("comparePairs: in comparisons of small, tied and separated groups no number is NaN or infinite", () => {
  const tables: Record<string, unknown[]>[] = [
    { distance: [1, 2, 3, 4], grade: ["a", "a", "b", "b"] },
    { distance: [1, 1, 2, 2], grade: ["a", "a", "b", "b"] },
    { distance: [1, 1, 1, 2], grade: ["a", "a", "b", "b"] },
    { distance: [1, 2, 3, 4], grade: ["a", "a", "b", "b"], patient: ["p", "p", "q", "q"] },
    { distance: [1, 2, 3, 4], grade: ["a", "a", "b", "b"], patient: ["p", "q", "p", "q"] },
    {
      distance: [1, 1, 1, 1, 1, 9],
      grade: ["a", "b", "a", "b", "c", "c"],
      patient: ["p", "p", "q", "q", "r", "r"],
    },
  ];
  for (const table of tables) {
    const found = comparePairs(table, { ...NAMES, cluster: "patient" in table ? "patient" : undefined });
    JSON.stringify(found, (key, v) => {
      assert(typeof v !== "number" || Number.isFinite(v), `${key} is ${v}`);
      return v;
    });
  }
});

Deno.test("comparePairs: results do not depend on the order of rows, the names of patients, or an increasing linear transformation of the values", () => {
  const table = sampleTable(20), found = comparePairs(table, NAMES);
  const results = (c: typeof found) =>
    c.pairs.map((p) => [p.clusteredP, p.mannWhitneyP, p.ksP, p.cliffsDelta, p.auc]);
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...table.distance.keys()], { minLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      (order, k) => {
        const again = comparePairs({
          distance: order.map((i) => table.distance[i] * 2 ** k - k),
          grade: order.map((i) => table.grade[i]),
          patient: order.map((i) => `${k}${table.patient[i]}`),
        }, { ...NAMES, bootstraps: 1, permutations: 1 });
        results(again).forEach((row, i) =>
          assertClose(row, results(found)[i], { relative: 1e-9, absolute: 1e-12 })
        );
      },
    ),
    { numRuns: 25, seed: 3 },
  );
});

Deno.test("comparePairs: the same seed gives the same bootstrap interval, a different seed a different one", () => {
  const table = sampleTable(15);
  const interval = (seed: number) => comparePairs(table, { ...NAMES, seed }).pairs[0].aucIntervalBootstrap;
  assertEquals(interval(4), interval(4));
  assert(interval(4)![0] !== interval(5)![0]);
});

Deno.test("comparePairs: groups are in the requested order, and the reference group is `a` in its pairs", () => {
  const found = comparePairs(sampleTable(), { ...NAMES, order: ["2", "0", "1"], reference: "0" });
  assertEquals(found.pairs.map((p) => p.a + p.b), ["02", "21", "01"]);
  assert(found.pairs[0].auc > 0.5, "2 lies above the reference 0");
});

Deno.test("comparePairs: values may be numbers in text; groups with numeric names are sorted as numbers", () => {
  const found = comparePairs(
    { distance: ["1", "2.5", "3", "4e0", " 5", "6"], grade: [10, 10, 9, 9, "9", 10] },
    { value: "distance", group: "grade", bootstraps: 10, permutations: 9 },
  );
  assertEquals(found.groups.map((g) => g.group), ["9", "10"]);
});

Deno.test("comparePairs with covariates: a difference that age explains disappears, a difference that age does not explain remains", () => {
  const prng = seededPrng(8), n = 200;
  const age = Array.from({ length: n }, (_, i) => 50 + 10 * prng.normal() + (i % 2 ? 15 : 0));
  const table = {
    distance: age.map((v) => 0.2 * v + prng.normal()),
    real: age.map((v, i) => 0.2 * v + prng.normal() + (i % 2 ? 2 : 0)),
    grade: age.map((_, i) => i % 2),
    age,
    sex: age.map(() => (prng() < 0.5 ? "f" : "m")),
  };
  const options: CompareOptions = { value: "distance", group: "grade", bootstraps: 50, permutations: 49 };
  assert(comparePairs(table, options).pairs[0].clusteredP < 1e-6);
  const adjusted = comparePairs(table, { ...options, covariates: ["age", "sex"] });
  assert(adjusted.pairs[0].clusteredP > 0.01);
  assertClose(adjusted.settings.covariateSlopes.age, 0.2, { absolute: 0.03 });
  assertEquals(Object.keys(adjusted.settings.covariateSlopes), ["age", "sex=m"]);
  assert(adjusted.groups[0].adjustedMedian !== undefined);
  assert(comparePairs(table, { ...options, value: "real", covariates: ["age"] }).pairs[0].clusteredP < 1e-6);
});

Deno.test("comparePairs: for independent heads, permutation and asymptotic p of the omnibus and trend tests agree within 0.02", () => {
  const prng = seededPrng(3), n = 90;
  const table = {
    v: Array.from({ length: n }, (_, i) => prng.normal() + 0.3 * (i % 3)),
    g: Array.from({ length: n }, (_, i) => i % 3),
  };
  const found = comparePairs(table, { value: "v", group: "g", bootstraps: 10, permutations: 4000 });
  assertClose(found.omnibus.clusteredP, found.omnibus.p, { absolute: 0.02 });
  assertClose(found.trend.clusteredP, found.trend.p, { absolute: 0.02 });
});

Deno.test("comparePairs: errors for invalid input name the column, group, row or head", () => {
  const table = sampleTable(10);
  const fails = (
    change: Partial<Record<string, unknown[]>>,
    options: Partial<CompareOptions>,
    kind: new (message: string) => Error,
    text: string,
  ) =>
    assertThrows(
      () => comparePairs({ ...table, ...change } as typeof table, { ...NAMES, ...options }),
      kind,
      text,
    );
  const at = (column: unknown[], i: number, v: unknown) => column.map((old, k) => (k === i ? v : old));
  fails({}, { value: "distanz" }, InputError, 'no column "distanz"');
  fails({}, { group: "toString" }, InputError, 'no column "toString"');
  fails({}, { covariates: ["weight"] }, InputError, 'no column "weight"');
  fails(
    { distance: at(table.distance, 3, NaN) },
    {},
    RangeError,
    '"distance" must contain finite numbers (up to 1e150), got no number in row 4 (head "h1-left")',
  );
  fails({ distance: at(table.distance, 3, "") }, {}, RangeError, 'row 4 (head "h1-left")');
  fails({ distance: at(table.distance, 0, Infinity) }, {}, RangeError, "Infinity");
  fails({ distance: at(table.distance, 0, 1e200) }, {}, RangeError, "up to 1e150");
  fails(
    { grade: at(table.grade, 5, "") },
    {},
    RangeError,
    '"grade" must have a label in every row, got none in row 6',
  );
  fails({ patient: at(table.patient, 5, null) }, {}, RangeError, '"patient" must have a label');
  fails({ grade: table.grade.map(() => "0") }, {}, RangeError, "at least 2 groups, got one");
  fails({ grade: at(table.grade, 0, "9") }, {}, RangeError, '"9" of column "grade" has 1');
  fails({ distance: table.distance.map(() => 4) }, {}, RangeError, "zero variance");
  fails({ patient: table.patient.map(() => "p") }, {}, RangeError, "at least 2 clusters, got 1");
  fails(
    { head_id: at(table.head_id, 19, "h0-right") },
    {},
    RangeError,
    '"patient" assigns a head to two clusters',
  );
  fails({ head_id: at(table.head_id, 1, "h0-right") }, {}, RangeError, "repeats row 1");
  fails({}, { order: ["0", "1"] }, RangeError, 'leaves out "2"');
  fails({}, { order: ["0", "1", "2", "3"] }, RangeError, 'no row has "3"');
  fails({}, { order: ["0", "1", "1", "2"] }, RangeError, "is listed twice");
  fails({}, { reference: "7" }, RangeError, '"7"');
  fails({}, { adjust: "fdr" as "holm" }, RangeError, '"fdr"');
  fails({}, { bootstraps: 0 }, RangeError, "bootstraps");
  fails({ age: at(table.age, 2, NaN) }, { covariates: ["age"] }, RangeError, "row 3");
  fails({ age: table.age.map(() => 50) }, { covariates: ["age"] }, RangeError, "does not vary");
  fails({}, { covariates: [NAMES.group] }, RangeError, "it is the group itself");
  fails(
    { copy: table.distance.map((v) => 3 * v + 1) },
    { covariates: ["copy"] },
    RangeError,
    "does not vary within groups after",
  );
  fails(
    { twice: table.age.map((v) => 2 * v) },
    { covariates: ["age", "twice"] },
    RangeError,
    "linear combination of the others",
  );
});

Deno.test("comparePairs: descriptive statistics, pairs and omnibus test of a table agree with R", () => {
  const { table, groups, pairs, kruskalWallisH, p } = readFixture("compare_r.json");
  const found = comparePairs(table, { ...NAMES, value: "value" });
  assertClose([found.omnibus.kruskalWallisH, found.omnibus.p], [kruskalWallisH, p], { relative: 1e-10 });
  assertSameNumbers(found.groups, groups);
  assertSameNumbers(found.pairs, pairs);
});

/**
 * Checks every key of `want` in every row. The absolute tolerance is for R's exact KS p with ties, which R computes as
 * 1 - cdf.
 */
function assertSameNumbers(rows: readonly object[], want: Record<string, unknown>[]): void {
  assertEquals(rows.length, want.length);
  want.forEach((row, i) => {
    for (const [key, value] of Object.entries(row)) {
      const got = (rows[i] as Record<string, unknown>)[key];
      if (typeof value === "string") assertEquals(got, value);
      else assertClose(got as number, value as number, { relative: 1e-10, absolute: 1e-13 });
    }
  });
}
