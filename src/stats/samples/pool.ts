/** The samples concatenated into one array. */
export function pool(samples: readonly ArrayLike<number>[]): Float64Array {
  const out = new Float64Array(samples.reduce((n, s) => n + s.length, 0));
  let at = 0;
  for (const sample of samples) {
    for (let i = 0; i < sample.length; i++) out[at++] = sample[i];
  }
  return out;
}
