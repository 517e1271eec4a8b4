/** Quadratic weighted kappa (Cohen 1968) of two lists of grades 0 to 4; null where chance alone explains everything. */
export function weightedKappa(
  a: readonly number[],
  b: readonly number[],
  { grades = 5 } = {},
): number | null {
  if (a.length !== b.length) {
    throw new TypeError(`Cannot compare readers: ${a.length} and ${b.length} grades`);
  }
  if (a.length === 0) return null;
  const seen = new Float64Array(grades * grades);
  const rows = new Float64Array(grades);
  const columns = new Float64Array(grades);
  a.forEach((grade, i) => {
    seen[grade * grades + b[i]]++;
    rows[grade]++;
    columns[b[i]]++;
  });
  let [observed, expected] = [0, 0];
  for (let i = 0; i < grades; i++) {
    for (let j = 0; j < grades; j++) {
      const weight = (i - j) ** 2;
      observed += weight * seen[i * grades + j];
      expected += (weight * rows[i] * columns[j]) / a.length;
    }
  }
  return expected === 0 ? null : 1 - observed / expected;
}
