/** One bar of a histogram. */
export interface Bin {
  readonly grade: number;
  /** Left edge, inclusive. */
  readonly x1: number;
  /** Right edge, exclusive but for the last bar. */
  readonly x2: number;
  readonly count: number;
  /** Count over all heads of the grade, 0 to 1. */
  readonly share: number;
}

/** Rows of a histogram by grade. */
export interface GradedDistance {
  readonly grade: number;
  readonly distance: number;
}

/** Choices of {@linkcode binEdges}. */
export interface BinEdgeOptions {
  /** Number of bars. @default {40} */
  bins?: number;
  /** Bars of equal width on a logarithmic axis. @default {false} */
  log?: boolean;
}

/** Edges of equal bars over the range of the values. // [bins + 1] */
export function binEdges(
  values: ArrayLike<number>,
  { bins = 40, log = false }: BinEdgeOptions = {},
): Float64Array {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`Cannot bin: value ${i} must be finite, got ${values[i]}`);
    }
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  if (values.length === 0) throw new RangeError("Cannot bin: needs at least one value, got none");
  if (log && low <= 0) throw new RangeError(`Cannot bin on a log axis: values must be above 0, got ${low}`);
  if (high === low) high = low + (Math.abs(low) || 1);
  const edges = new Float64Array(bins + 1);
  for (let k = 0; k <= bins; k++) {
    edges[k] = log ? low * (high / low) ** (k / bins) : low + ((high - low) * k) / bins;
  }
  edges[bins] = high;
  return edges;
}

/** Which bar a value falls in, or -1 outside the edges. */
export function binIndex(edges: Float64Array, value: number): number {
  const last = edges.length - 1;
  if (!(value >= edges[0] && value <= edges[last])) return -1;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (value >= edges[middle]) low = middle;
    else high = middle;
  }
  return low;
}

/** Counts the rows of each grade into bars. */
export function binDistances(
  rows: Iterable<GradedDistance>,
  { edges, grades }: { edges: Float64Array; grades: readonly number[] },
): Bin[] {
  const bars = edges.length - 1;
  const counts = new Map(grades.map((grade) => [grade, new Float64Array(bars)]));
  const totals = new Map(grades.map((grade) => [grade, 0]));
  for (const { grade, distance } of rows) {
    const bar = binIndex(edges, distance);
    const count = counts.get(grade);
    if (!count) continue;
    totals.set(grade, totals.get(grade)! + 1);
    if (bar >= 0) count[bar]++;
  }
  const bins: Bin[] = [];
  for (const [grade, count] of counts) {
    const total = totals.get(grade)! || 1;
    count.forEach((c, k) => bins.push({ grade, x1: edges[k], x2: edges[k + 1], count: c, share: c / total }));
  }
  return bins;
}
