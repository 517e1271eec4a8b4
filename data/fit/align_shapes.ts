import { Matrix, SingularValueDecomposition } from "ml-matrix";

/**
 * The rotation matrix, row by row, that best aligns centred points with other centred points (Kabsch 1976, Acta Cryst
 * A32:922).
 */
export function nearestTurn(from: Float64Array, to: Float64Array): number[] {
  const h = Matrix.zeros(3, 3);
  for (let i = 0; i < from.length; i += 3) {
    for (let a = 0; a < 3; a++) {
      for (let b = 0; b < 3; b++) h.set(a, b, h.get(a, b) + from[i + a] * to[i + b]);
    }
  }
  const { leftSingularVectors: u, rightSingularVectors: v } = new SingularValueDecomposition(h);
  const flip = Math.sign(determinant(v.mmul(u.transpose())));
  const turn = v.mmul(Matrix.diag([1, 1, flip])).mmul(u.transpose());
  return turn.to1DArray();
}

function determinant(m: Matrix): number {
  const [a, b, c, d, e, f, g, h, i] = m.to1DArray();
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
}

/**
 * Aligns shapes with their common mean by rotation and scaling (generalised Procrustes, Gower 1975, Psychometrika
 * 40:33). The origins of all shapes must already correspond. Returns the shapes, scaled to the mean size, and the
 * original size of each as a multiple of the mean size.
 */
export function alignShapes(
  shapes: readonly Float64Array[],
  rounds = 4,
): { shapes: Float64Array[]; sizes: number[] } {
  const sizeOf = (shape: Float64Array) => Math.sqrt(shape.reduce((sum, v) => sum + v * v, 0) / shape.length);
  const sizes = shapes.map(sizeOf), middle = sizes.reduce((sum, v) => sum + v, 0) / sizes.length;
  let aligned: Float64Array[] = shapes.map((shape, i) => shape.map((v) => v * middle / sizes[i]));
  const initial = aligned[0].map((_, i) => aligned.reduce((sum, shape) => sum + shape[i], 0) / shapes.length);
  let mean: Float64Array = initial;
  for (let round = 0; round < rounds; round++) {
    aligned = aligned.map((shape) => turned(shape, nearestTurn(shape, mean)));
    mean = mean.map((_, i) => aligned.reduce((sum, shape) => sum + shape[i], 0) / shapes.length);
  }
  // Give the mean the average orientation of the subjects in the scanner.
  const back = nearestTurn(mean, initial);
  return { shapes: aligned.map((shape) => turned(shape, back)), sizes: sizes.map((s) => s / middle) };
}

function turned(shape: Float64Array, m: readonly number[]): Float64Array {
  const out = new Float64Array(shape.length);
  for (let i = 0; i < shape.length; i += 3) {
    for (let a = 0; a < 3; a++) {
      out[i + a] = m[3 * a] * shape[i] + m[3 * a + 1] * shape[i + 1] + m[3 * a + 2] * shape[i + 2];
    }
  }
  return out;
}
