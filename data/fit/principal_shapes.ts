import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** A linear model of shapes: a shape is `mean` plus a weighted sum of modes, with weights of unit variance. */
export interface PrincipalShapes {
  readonly mean: Float64Array; // [d]
  readonly modes: readonly Float64Array[]; // each [d], one standard deviation long
  /** Share of the variance that the modes explain, 0 to 1. */
  readonly explained: number;
}

/**
 * Principal components of shapes in correspondence, from the Gram matrix of the samples, which is smaller than the
 * covariance (Cootes et al. 1995, CVIU 61:38).
 */
export function principalShapes(shapes: readonly Float64Array[], count: number): PrincipalShapes {
  const n = shapes.length, d = shapes[0].length, mean = new Float64Array(d);
  for (const shape of shapes) for (let i = 0; i < d; i++) mean[i] += shape[i] / n;
  const off = shapes.map((shape) => shape.map((v, i) => v - mean[i]));
  const gram = Matrix.zeros(n, n);
  for (let a = 0; a < n; a++) {
    for (let b = a; b < n; b++) {
      let sum = 0;
      for (let i = 0; i < d; i++) sum += off[a][i] * off[b][i];
      gram.set(a, b, sum), gram.set(b, a, sum);
    }
  }
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(gram, {
    assumeSymmetric: true,
  });
  const order = values.map((_, i) => i).sort((a, b) => values[b] - values[a]);
  const total = values.reduce((sum, v) => sum + v, 0);
  const kept = order.slice(0, Math.min(count, n - 1));
  const modes = kept.map((k) => {
    const mode = new Float64Array(d), scale = 1 / Math.sqrt(n - 1);
    for (let a = 0; a < n; a++) {
      const weight = vectors.get(a, k) * scale;
      for (let i = 0; i < d; i++) mode[i] += weight * off[a][i];
    }
    return mode;
  });
  return { mean, modes, explained: kept.reduce((sum, k) => sum + values[k], 0) / total };
}
