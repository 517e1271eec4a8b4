import { assert, assertEquals } from "@std/assert";
import { drawMaps } from "../../../src/study/judge/draw_maps.ts";

const normative = { mean: Float64Array.of(0, 0), cholesky: Float64Array.of(1, 0, 0, 1) };

Deno.test("drawMaps: a single head is at the origin; fewer than 10 heads are on the PCA map only", () => {
  assertEquals([...drawMaps(Float64Array.of(3, 4), { normative, seed: 1 }).umap], [0, 0]);
  const few = drawMaps(Float64Array.of(0, 0, 3, 4), { normative, seed: 1 });
  assertEquals(few.umap, few.pca);
  const gap = Math.hypot(few.pca[2] - few.pca[0], few.pca[3] - few.pca[1]);
  assert(Math.abs(gap - 5) < 1e-9, `${gap}`);
  assert(few.trustworthiness.every(Number.isNaN));
});
