import { type ProjectedEllipse, projectedEllipses } from "../../../src/projection/projected_ellipses.ts";
import { pcaAxes } from "../state/pca_axes.ts";
import type { Store } from "../state/store.ts";

/**
 * Ellipses of the normal distribution in use on the page's PCA map. PCA is linear, so its axes are found again from the heads
 * themselves by least squares, and the ellipses follow the covariance switch.
 */
export function normativeEllipses({ study, deviations }: Store): ProjectedEllipse[] {
  const [x, y] = pcaAxes(study);
  return x && y ? projectedEllipses(deviations, { axes: [x, y] }) : [];
}
