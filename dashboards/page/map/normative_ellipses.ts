import { type ProjectedEllipse, projectedEllipses } from "../../../src/projection/projected_ellipses.ts";
import { pcaAxes } from "../state/pca_axes.ts";
import type { Store } from "../state/store.ts";

/**
 * Ellipses of the healthy normal distribution on the PCA map. PCA is linear, so its axes can be computed from the heads
 * by least squares. The ellipses use the selected covariance estimator; there are none if an axis cannot be computed.
 */
export function normativeEllipses({ study, deviations }: Store): ProjectedEllipse[] {
  const [x, y] = pcaAxes(study);
  return x && y ? projectedEllipses(deviations, { axes: [x, y] }) : [];
}
