import { assert, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import {
  fitGradeClusters,
  leaveOneOutGradeDistance,
  nearestGradeDistance,
} from "../../src/normative/grade_clusters.ts";

const D = 3, GRADES = [0, 2, 4];

/** `each` heads per grade; grades are 6 apart along one axis. */
function sample(each: number, seed = 1) {
  const prng = seededPrng(seed), grades = GRADES.flatMap((grade) => new Array<number>(each).fill(grade));
  const rows = Float64Array.from(
    { length: grades.length * D },
    (_, k) => prng.normal() + (k % D === grades[Math.floor(k / D)] / 2 ? 6 : 0),
  );
  return { rows, grades, d: D };
}

Deno.test("nearestGradeDistance: heads of the fitted grades are within 5 of a grade's mean, points between or beyond the grades are not", () => {
  const { rows, ...about } = sample(60);
  const clusters = JSON.parse(JSON.stringify(fitGradeClusters(rows, about)));
  assertEquals(clusters.grades, GRADES);
  assertEquals(clusters.lower.map(({ length }: number[]) => length), [1, 2, 3]); // only the lower triangle
  const own = nearestGradeDistance(rows, clusters);
  assert(own.every((v) => v < 5));
  const [middle, beyond] = nearestGradeDistance(Float64Array.of(0, 0, 0, 12, 12, 12), clusters);
  assert(middle > 5 && beyond > 10);
});

Deno.test("leaveOneOutGradeDistance nearly equals the distance after a fit to the other heads", () => {
  const { rows, grades, d } = sample(40, 2);
  const left = leaveOneOutGradeDistance(rows, { d, grades, which: [0, 50, 119] });
  [0, 50, 119].forEach((i, k) => {
    const others = grades.flatMap((_, j) => j === i ? [] : [j]);
    const fit = fitGradeClusters(
      Float64Array.from(others.flatMap((j) => [...rows.subarray(j * d, (j + 1) * d)])),
      {
        d,
        grades: others.map((j) => grades[j]),
      },
    );
    const [refitted] = nearestGradeDistance(rows.slice(i * d, (i + 1) * d), fit);
    // The shrinkage weight is not refitted, so the two distances differ by the effect of one head of 120 on the weight.
    assert(Math.abs(left[k] - refitted) < 2e-3 * refitted, `${left[k]} and ${refitted}`);
    assert(
      left[k] >
        nearestGradeDistance(rows.slice(i * d, (i + 1) * d), fitGradeClusters(rows, { d, grades }))[0],
    );
  });
});

Deno.test("leaveOneOutGradeDistance: the only head of a grade is compared with the other grades; invalid input is rejected", () => {
  const { rows, grades, d } = sample(20, 3);
  const lone = grades.map((grade, i) => i === 0 ? 3 : grade);
  const [distance] = leaveOneOutGradeDistance(rows, { d, grades: lone, which: [0] });
  assert(distance > 0 && distance < 5, `${distance}`);
  assertThrows(() => fitGradeClusters(rows, { d, grades: [0] }), TypeError, "60 heads");
  assertThrows(() => fitGradeClusters(rows.slice(0, 6), { d, grades: [0, 0] }), RangeError, "at least 3");
  assertThrows(
    () => nearestGradeDistance(Float64Array.of(1), fitGradeClusters(rows, { d, grades })),
    TypeError,
  );
  const broken = rows.slice();
  broken[7] = NaN;
  assertThrows(() => fitGradeClusters(broken, { d, grades }), RangeError, "finite");
});
