import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { activeUnits } from "../../src/vae/active_units.ts";
import { gradePath } from "../../src/vae/grade_path.ts";
import { latentTraversal } from "../../src/vae/latent_traversal.ts";

/** Two clouds of 40 heads; the second `far` away along the first axis. */
function clouds(far: number) {
  const prng = seededPrng(4);
  const grades = Array.from({ length: 80 }, (_v, i) => i < 40 ? 0 : 2);
  const latents = grades.map((grade) =>
    Float64Array.of(prng.normal() + (grade ? far : 0), prng.normal(), prng.normal())
  );
  return { latents, grades };
}
const whiten = (z: Float64Array) => z;

Deno.test("gradePath: the path begins and ends at the medians of the lowest and the highest grade", () => {
  const { latents, grades } = clouds(3);
  const path = gradePath(latents, { grades, whiten, frames: 11 });
  assertEquals(path.length, 11);
  const middle = (level: number, k: number) => {
    const sorted = latents.filter((_z, i) => grades[i] === level).map((z) => z[k]).sort((a, b) => a - b);
    return (sorted[19] + sorted[20]) / 2;
  };
  assertClose(path[0].z, [0, 1, 2].map((k) => middle(0, k)));
  assertClose(path[10].z, [0, 1, 2].map((k) => middle(2, k)));
  assertEquals([path[0].grade, path[5].grade, path[10].grade], [0, 1, 2]);
  assertEquals([path[0].t, path[10].t], [0, 1]);
});

Deno.test("gradePath: between distant grades the path leaves the region of the heads, between near grades it does not", () => {
  const far = gradePath(clouds(40).latents, { grades: clouds(40).grades, whiten, frames: 11 });
  assert(far[5].offManifold && !far[0].offManifold && !far[10].offManifold);
  assert(far[5].nearestRealDistance > 10);
  const near = gradePath(clouds(2).latents, { grades: clouds(2).grades, whiten, frames: 11 });
  assert(near.every((frame) => !frame.offManifold));
});

Deno.test("gradePath: a single grade, or a latent vector with NaN, is rejected", () => {
  const { latents, grades } = clouds(3);
  assertThrows(() => gradePath(latents, { grades: grades.map(() => 0), whiten }), RangeError, "two grades");
  latents[7][1] = NaN;
  assertThrows(() => gradePath(latents, { grades, whiten }), RangeError, "head 7");
});

Deno.test("latentTraversal: every step is the centre plus position times direction; a direction of another length is rejected", () => {
  const steps = latentTraversal(Float64Array.of(1, 2), Float64Array.of(0, 0.5), { positions: [-2, 0, 2] });
  assertEquals(steps.map(({ z }) => [...z]), [[1, 1], [1, 2], [1, 3]]);
  assertThrows(
    () => latentTraversal(Float64Array.of(1), Float64Array.of(1, 2)),
    TypeError,
    "the same length",
  );
});

Deno.test("activeUnits: a collapsed latent unit is distinguished from a unit in use", () => {
  const prng = seededPrng(8);
  const latents = Array.from({ length: 200 }, () => ({
    kind: "latent-vector" as const,
    mean: Float64Array.of(prng.normal(), 0.001 * prng.normal()),
    logVariance: Float64Array.of(-4, 0),
  }));
  const [used, collapsed] = activeUnits(latents);
  assert(used.active && used.divergence > 1 && Math.abs(used.meanVariance - 1) < 0.3);
  assert(!collapsed.active && collapsed.divergence < 1e-3);
  assertThrows(() => activeUnits(latents.slice(0, 1)), RangeError, "two heads");
});

Deno.test("gradePath: with `reach`, the ends of the path are as far from the centre as the median head of their grade; the coordinates that are not measured do not change", () => {
  const { latents, grades } = clouds(3);
  const center = Float64Array.of(0, 0), measure = (z: Float64Array) => z.subarray(0, 2);
  const distances = latents.map((z) => Math.hypot(z[0], z[1]));
  const median = (level: number) => {
    const sorted = distances.filter((_v, i) => grades[i] === level).sort((a, b) => a - b);
    return (sorted[19] + sorted[20]) / 2;
  };
  const path = gradePath(latents, { grades, whiten: measure, frames: 3, reach: { center, distances } });
  const plain = gradePath(latents, { grades, whiten: measure, frames: 3 });
  assertClose(Math.hypot(...measure(path[0].z)), median(0));
  assertClose(Math.hypot(...measure(path[2].z)), median(2));
  assertClose([path[0].z[2], path[2].z[2]], [plain[0].z[2], plain[2].z[2]]);
});
