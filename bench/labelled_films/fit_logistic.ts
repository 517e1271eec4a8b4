import { EigenvalueDecomposition, Matrix, solve } from "ml-matrix";

/** Principal directions of a set of images. */
export interface Directions {
  readonly mean: Float64Array;
  /** Unit vectors, largest variance first. */
  readonly vectors: readonly Float64Array[];
}

/** Principal directions, computed from the Gram matrix of the images, because there are fewer images than pixels. */
export function principalDirections(pictures: readonly Float32Array[], count: number): Directions {
  const size = pictures[0].length, mean = new Float64Array(size);
  for (const picture of pictures) for (let i = 0; i < size; i++) mean[i] += picture[i] / pictures.length;
  const centred = Matrix.zeros(pictures.length, size);
  pictures.forEach((picture, k) => centred.setRow(k, Float64Array.from(picture, (v, i) => v - mean[i])));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    centred.mmul(centred.transpose()),
    {
      assumeSymmetric: true,
    },
  );
  const widest = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const vectors = widest.slice(0, Math.min(count, pictures.length - 1)).map((k) => {
    const vector = new Matrix([eigenvectorMatrix.getColumn(k)]).mmul(centred).getRow(0);
    const length = Math.hypot(...vector) || 1;
    return Float64Array.from(vector, (v) => v / length);
  });
  return { mean, vectors };
}

/** Coordinates of images along the directions, [images][directions]. */
export function scoresOf(pictures: readonly Float32Array[], { mean, vectors }: Directions): number[][] {
  return pictures.map((picture) =>
    vectors.map((vector) => vector.reduce((sum, v, i) => sum + v * (picture[i] - mean[i]), 0))
  );
}

/** Largest number of Newton steps. */
const STEPS = 30;

/**
 * Logistic regression with a ridge penalty on standardised scores, by Newton's method.
 *
 * @returns a function from new scores to the log odds that their label is true
 */
export function fitLogistic(
  scores: readonly number[][],
  { labels, ridge = 1 }: { labels: readonly boolean[]; ridge?: number },
): (score: readonly number[]) => number {
  const p = scores[0].length;
  const moments = Array.from({ length: p }, (_, j) => {
    const column = scores.map((row) => row[j]), mean = column.reduce((a, b) => a + b) / column.length;
    return [mean, Math.sqrt(column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / column.length) || 1];
  });
  const design = (row: readonly number[]) => [1, ...row.map((v, j) => (v - moments[j][0]) / moments[j][1])];
  const rows = scores.map(design), weights = new Float64Array(p + 1);
  const oddsOf = (row: readonly number[]) => row.reduce((sum, v, j) => sum + v * weights[j], 0);
  for (let step = 0; step < STEPS; step++) {
    const hessian = Matrix.zeros(p + 1, p + 1), gradient = new Float64Array(p + 1);
    for (let j = 1; j <= p; j++) {
      hessian.set(j, j, ridge);
      gradient[j] = -ridge * weights[j];
    }
    hessian.set(0, 0, 1e-6);
    rows.forEach((row, k) => {
      const chance = 1 / (1 + Math.exp(-oddsOf(row))), curve = chance * (1 - chance);
      for (let a = 0; a <= p; a++) {
        gradient[a] += row[a] * (Number(labels[k]) - chance);
        for (let b = 0; b <= p; b++) hessian.set(a, b, hessian.get(a, b) + curve * row[a] * row[b]);
      }
    });
    const change = solve(hessian, Matrix.columnVector(gradient)).getColumn(0);
    change.forEach((v, j) => weights[j] += v);
    if (Math.max(...change.map(Math.abs)) < 1e-8) break;
  }
  return (score) => oddsOf(design(score));
}
