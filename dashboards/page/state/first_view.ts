import { bisectLeft } from "d3";
import { comparedHeads } from "./compared_heads.ts";
import type { PageStudy } from "./page_study.ts";
import { FIRST_VIEW, type View } from "./store.ts";

const cache = new WeakMap<object, Readonly<View>>();

/** Initial view of the page, with the map (UMAP or PCA) that has the larger {@linkcode separation}. */
export function firstView(study: PageStudy): Readonly<View> {
  const known = cache.get(study);
  if (known) return known;
  const view = {
    ...FIRST_VIEW,
    map: separation(study, "pca") > separation(study, "umap") ? "pca" as const : "umap" as const,
  };
  cache.set(study, view);
  return view;
}

/**
 * Separation of heads of grade 2 or more from healthy heads on a map, 0 to 1: the probability that a head of grade 2 or
 * more is further from the median position (median of each coordinate) of the healthy heads than a healthy head is.
 * Only compared heads are used; 0 if there are none of grade 2 or more, or none of grade 0.
 */
export function separation(study: PageStudy, map: View["map"]): number {
  const compared = comparedHeads(study);
  const [x, y] = [study.number(`${map}_x`), study.number(`${map}_y`)];
  const headsWhere = (matches: (grade: number) => boolean) =>
    Array.from(x.keys()).filter((i) => compared[i] && matches(study.grade[i]));
  const healthy = headsWhere((grade) => grade === 0), diseased = headsWhere((grade) => grade >= 2);
  if (!healthy.length || !diseased.length) return 0;
  const middle = (values: Float64Array) => {
    const sorted = healthy.map((i) => values[i]).sort((a, b) => a - b);
    return sorted[sorted.length >> 1];
  };
  const [cx, cy] = [middle(x), middle(y)];
  const far = (i: number) => Math.hypot(x[i] - cx, y[i] - cy);
  const near = Float64Array.from(healthy, far).sort();
  return diseased.reduce((sum, i) => sum + bisectLeft(near, far(i)), 0) / (near.length * diseased.length);
}
