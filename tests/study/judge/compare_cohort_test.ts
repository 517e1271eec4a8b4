import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { compareCohort, type StudyComparison } from "../../../src/study/judge/compare_cohort.ts";

/** The comparison of a toy cohort in which the distances of left hips are larger by `shift`. */
function cohort({ shift }: { shift: number }) {
  const prng = seededPrng(9), heads = [], distances: number[] = [];
  for (let p = 0; p < 120; p++) {
    for (const side of ["right", "left"]) {
      const grade = p < 80 ? 0 : 2;
      const split = p < 20 ? "train" : p < 40 ? "validation" : "held-out";
      const about = { age: 40 + p % 30, sex: p % 2 ? "M" : "F", site: "", headRadiusMm: NaN };
      heads.push({ headId: `${p}-${side}`, patient: `${p}`, side, grade, split, ...about });
      distances.push(8 + grade + prng.normal() + (side === "left" ? shift : 0));
    }
  }
  const judged = {
    deviations: distances.map((distance) => ({ distance })),
    residuals: Float64Array.from(distances),
    combined: Float64Array.from(distances),
    domainMeasures: heads.map(() => ({ contrast: prng.normal(), grain: prng.normal() })),
    outOfDomain: Int32Array.from(heads, (_, i) => i === 239 ? 1 : 0),
    staging: null,
  };
  // deno-lint-ignore no-explicit-any -- only the fields that a comparison reads
  return compareCohort(heads as any, { judged: judged as any, pca: null, seed: 1 }) as StudyComparison;
}

Deno.test("compareCohort: an existing shortcut is reported, an attribute without data is omitted", () => {
  const { shortcuts } = cohort({ shift: 1.5 });
  const names = shortcuts.map(({ attribute }) => attribute);
  assertEquals(names, ["side", "sex", "age", "exposureContrast", "exposureGrain"]);
  const side = shortcuts.find(({ attribute }) => attribute === "side")!;
  assertEquals([side.tells, side.n, side.level], [true, 120, "right"]); // healthy and not in the training split
  assert(side.estimate < 0.3);
  assertEquals(cohort({ shift: 0 }).shortcuts.find(({ attribute }) => attribute === "side")!.tells, false);
});

Deno.test("compareCohort: heads out of domain are counted by grade among the held-out heads", () => {
  assertEquals(
    cohort({ shift: 0 }).outOfDomain.map(({ grade, n, flagged }) => [grade, n, flagged]),
    [[0, 80, 0], [2, 80, 1]],
  );
});
