/** One histogram: the heads of a grade, or only those of one subset (training, validation or held-out). */
export interface Panel {
  /** Name of the panel, such as "grade 0, train". */
  readonly label: string;
  /** Grade of the panel, 0 to 4; below 0 for heads without a grade. */
  readonly grade: number;
  /** Subset; only its heads are counted. @default all heads of the grade */
  readonly split?: string;
}

/** One bar of a histogram. */
export interface Bin {
  /** Index of the panel. */
  readonly panel: number;
  readonly grade: number;
  /** Left edge, inclusive. */
  readonly x1: number;
  /** Right edge, exclusive except in the last bar. */
  readonly x2: number;
  readonly count: number;
  /** Share of the panel's heads, 0 to 1. */
  readonly share: number;
}

/** One head of a histogram by grade. */
export interface GradedDistance {
  /** The grade, 0 to 4; below 0 if the head has none. */
  readonly grade: number;
  /** Mahalanobis distance from healthy. */
  readonly distance: number;
  /** Subset of the head: `train`, `validation` or `held-out`. */
  readonly split?: string;
}

/** Options of {@linkcode binEdges}. */
export interface BinEdgeOptions {
  /** Number of bars, a whole number from 1. @default {40} */
  bins?: number;
  /** Bars of equal width on a logarithmic axis. @default {false} */
  log?: boolean;
}

/**
 * Edges of bars of equal width over the range of the values, [bins + 1]; with `log`, the logarithms of the edges are
 * equally spaced.
 *
 * @throws {RangeError} if there is no value, a value is not finite, or a value is not above 0 on a logarithmic axis.
 */
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
  if (values.length === 0) throw new RangeError("Cannot bin: there must be at least one value, got none");
  if (log && low <= 0) throw new RangeError(`Cannot bin on a log axis: values must be above 0, got ${low}`);
  if (high === low) high = low + (Math.abs(low) || 1);
  const edges = new Float64Array(bins + 1);
  for (let k = 0; k <= bins; k++) {
    edges[k] = log ? low * (high / low) ** (k / bins) : low + ((high - low) * k) / bins;
  }
  edges[bins] = high;
  return edges;
}

/** Index of the bar that contains a value, or -1 outside the edges. */
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

/** Counts the heads of each panel in each bar. Heads outside the edges are in no bar but count in the panel's total. */
export function binDistances(
  rows: Iterable<GradedDistance>,
  { edges, panels }: { edges: Float64Array; panels: readonly Panel[] },
): Bin[] {
  const bars = edges.length - 1;
  const counts = panels.map(() => new Float64Array(bars));
  const totals = panels.map(() => 0);
  for (const row of rows) {
    const bar = binIndex(edges, row.distance);
    panels.forEach((panel, k) => {
      if (!isInPanel(row, panel)) return;
      totals[k]++;
      if (bar >= 0) counts[k][bar]++;
    });
  }
  return panels.flatMap(({ grade }, panel) =>
    Array.from(counts[panel], (count, k): Bin => ({
      panel,
      grade,
      x1: edges[k],
      x2: edges[k + 1],
      count,
      share: count / (totals[panel] || 1),
    }))
  );
}

/** Whether a head belongs to a panel. */
export function isInPanel(row: { grade: number; split?: string }, panel: Panel): boolean {
  return row.grade === panel.grade && (panel.split === undefined || panel.split === row.split);
}
