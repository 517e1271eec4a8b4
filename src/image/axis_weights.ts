/** How one axis of an image is resampled: each output sample has a run of input samples and their weights. */
export interface AxisWeights {
  /** First input index of each output sample's run. */
  readonly first: Int32Array; // [out]
  /** Start of each run in `weights`; the extra last entry is the end of the last run. */
  readonly start: Int32Array; // [out + 1]
  /** Weights of all runs, one run after the other. */
  readonly weights: Float64Array; // [start[out]]
  /** Share of the weight that falls outside the image, per output sample. */
  readonly outside: Float64Array; // [out]
}

/** Options of {@linkcode axisWeights}: input and output lengths, and the positions of the output samples. */
export interface AxisOptions {
  inPx: number;
  outPx: number;
  /** Input coordinate of the centre of output sample 0; input sample j is at j. */
  origin: number;
  /** Input samples per output sample, > 0. */
  step: number;
  /** `area`: mean over the footprint. `triangle`: linear, widened when shrinking. */
  kernel: "area" | "triangle";
  /** `true`: the border sample is repeated outward. `false`: weight beyond the border goes to `outside`. */
  clamp: boolean;
}

/** Area to the left of `x` of a triangle centred on 0 with half-width `w` and total area 1. */
function triangleMass(x: number, w: number): number {
  if (x <= -w) return 0;
  if (x >= w) return 1;
  const t = x / w;
  return t < 0 ? 0.5 * (1 + t) * (1 + t) : 1 - 0.5 * (1 - t) * (1 - t);
}

/** Weight in linear interpolation of a sample at distance `d`. */
function tent(d: number): number {
  return Math.max(0, 1 - Math.abs(d));
}

/**
 * Weights of one axis. `area` integrates over [c - step/2, c + step/2], input sample j covering [j - 1/2, j + 1/2];
 * `triangle` interpolates linearly if step <= 1, and integrates a triangle of half-width `step` over each input sample
 * if `step` is larger. These two formulas of `triangle` agree at step 1 only for output samples midway between input
 * samples. For every output
 * sample, the weights and `outside` sum to 1.
 */
export function axisWeights({ inPx, outPx, origin, step, kernel, clamp }: AxisOptions): AxisWeights {
  const first = new Int32Array(outPx), start = new Int32Array(outPx + 1), outside = new Float64Array(outPx);
  const half = kernel === "area" ? step / 2 : Math.max(1, step);
  const weights = new Float64Array(outPx * (Math.ceil(2 * half) + 2)); // an upper bound
  for (let i = 0, at = 0; i < outPx; i++) {
    const center = origin + i * step;
    const lo = Math.floor(center - half - 0.5) + 1, hi = Math.ceil(center + half + 0.5) - 1;
    const from = Math.min(Math.max(lo, 0), inPx - 1), to = Math.min(Math.max(hi, 0), inPx - 1);
    let total = 0, lost = 0;
    for (let j = lo; j <= hi; j++) {
      const w = weightAt(j - center, half, step, kernel);
      total += w;
      if (j >= from && j <= to && (clamp || (j >= 0 && j < inPx))) weights[at + j - from] += w;
      else if (clamp) weights[at + (j < from ? 0 : to - from)] += w;
      else lost += w;
    }
    first[i] = from;
    outside[i] = lost / total;
    for (const end = at + to - from + 1; at < end; at++) weights[at] /= total;
    start[i + 1] = at;
  }
  return { first, start, weights: weights.slice(0, start[outPx]), outside };
}

/** Weight of an input sample at signed distance `d` from the centre of the output sample. */
function weightAt(d: number, half: number, step: number, kernel: AxisOptions["kernel"]): number {
  if (kernel === "area") return Math.max(0, Math.min(d + 0.5, half) - Math.max(d - 0.5, -half));
  if (step <= 1) return tent(d);
  return triangleMass(d + 0.5, step) - triangleMass(d - 0.5, step);
}
