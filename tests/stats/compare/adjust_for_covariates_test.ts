import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { adjustForCovariates } from "../../../src/stats/compare/adjust_for_covariates.ts";
import { InputError } from "../../../src/input_error.ts";

const prng = seededPrng(1), n = 60, group = Int32Array.from({ length: n }, (_, i) => i % 3);
const age = Array.from(group, (g) => 50 + 5 * g + 10 * prng.normal()),
  site = Array.from(group, () => "ABC"[prng.integer(3)]);
const options = { group, k: 3, nameRow: (i: number) => `row ${i + 1}` };

Deno.test("adjustForCovariates: exact effects within groups are found and removed, differences between groups remain", () => {
  const effect = { A: 0, B: 4, C: -1 } as Record<string, number>;
  const values = Float64Array.from(group, (g, i) => 7 * g + 0.3 * age[i] + effect[site[i]]);
  const found = adjustForCovariates({ age, site }, { ...options, values, covariates: ["age", "site"] });
  assertEquals(Object.keys(found.slopes), ["age", "site=B", "site=C"]);
  assertClose(Object.values(found.slopes), [0.3, 4, -1], { relative: 1e-9 });
  const base = found.values[0];
  assertClose(found.values, Float64Array.from(group, (g) => base + 7 * g), { relative: 1e-9 });
});

Deno.test("adjustForCovariates: slopes are least squares; residuals within groups have no correlation with age", () => {
  const values = Float64Array.from(group, (g, i) => g + 0.1 * age[i] + prng.normal());
  const { values: left } = adjustForCovariates({ age }, { ...options, values, covariates: ["age"] });
  let sum = 0;
  for (let g = 0; g < 3; g++) {
    const inside = [...group.keys()].filter((i) => group[i] === g);
    const mean = inside.reduce((s, i) => s + age[i], 0) / inside.length;
    sum += inside.reduce((s, i) => s + (age[i] - mean) * left[i], 0);
  }
  assertClose(sum, 0, { absolute: 1e-8 });
});

Deno.test("adjustForCovariates: covariates with NaN, without variation within groups, or dependent on others are rejected with a reason", () => {
  const values = Float64Array.from(group, () => prng.normal());
  const run = (table: Record<string, unknown[]>) => () =>
    adjustForCovariates(table, { ...options, values, covariates: Object.keys(table) });
  assertThrows(run({ age: age.map((v, i) => (i === 4 ? NaN : v)) }), RangeError, "in row 5");
  assertThrows(run({ flat: age.map(() => 1) }), RangeError, '"flat": it does not vary within any group');
  assertThrows(run({ sex: age.map(() => "f") }), RangeError, '"sex": it does not vary');
  assertThrows(run({ grade: Array.from(group) }), RangeError, '"grade": it does not vary within any group');
  assertThrows(run({ age, months: age.map((v) => 12 * v) }), RangeError, "linear combination of the others");
  assertThrows(
    () => adjustForCovariates({}, { ...options, values, covariates: ["age"] }),
    InputError,
    'no column "age"',
  );
});
