/** A connected component of a binary mask. */
export interface Component {
  /** Its number in `labels`, from 1. Components are numbered by the position of their first pixel. */
  readonly label: number;
  readonly areaPx: number;
  readonly boxPx: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Mean of its pixels' coordinates, [x, y]. */
  readonly centroidPx: readonly [number, number];
}

/** Result of {@linkcode components}. */
export interface Components {
  /** 0 in the background, otherwise the component's label. */
  readonly labels: Int32Array; // [heightPx, widthPx]
  /** Largest first; components of equal area are in order of label. */
  readonly components: readonly Component[];
}

/** Shape of the mask. */
export interface ComponentsOptions {
  widthPx: number;
  heightPx: number;
  /** Whether pixels must share an edge (4) or an edge or corner (8) to be connected. @default {8} */
  connectivity?: 4 | 8;
}

/** A run of set pixels is stored as three numbers: row, first pixel, first pixel after the run. */
const RUN = 3;

/**
 * Connected components of a binary mask. Runs of set pixels along the rows are joined to the runs they touch in the
 * row above (union-find).
 *
 * @param mask [heightPx, widthPx], every value other than 0 counts as set.
 * @throws {TypeError} if the mask's length is not heightPx x widthPx.
 */
export function components(
  mask: ArrayLike<number>,
  { widthPx, heightPx, connectivity = 8 }: ComponentsOptions,
): Components {
  if (mask.length !== widthPx * heightPx) {
    throw new TypeError(
      `Cannot find components: ${widthPx} x ${heightPx} needs ${widthPx * heightPx} bits, got ${mask.length}`,
    );
  }
  let runs = new Int32Array(RUN * 2 * heightPx), parents = new Int32Array(2 * heightPx); // in reading order
  const reach = connectivity === 8 ? 1 : 0;
  let count = 0, above = 0; // runs so far; first run of the row above that can still touch a run of this row
  for (let y = 0; y < heightPx; y++) {
    const firstHere = count, row = y * widthPx;
    for (let x = 0; x < widthPx; x++) {
      if (!mask[row + x]) continue;
      const start = x;
      while (x < widthPx && mask[row + x]) x++;
      if (count === parents.length) [runs, parents] = [doubled(runs), doubled(parents)];
      runs[RUN * count] = y;
      runs[RUN * count + 1] = start;
      runs[RUN * count + 2] = x;
      parents[count] = count;
      while (above < firstHere && runs[RUN * above + 2] + reach <= start) above++;
      for (let other = above; other < firstHere && runs[RUN * other + 1] < x + reach; other++) {
        join(parents, other, count);
      }
      count++;
    }
    above = firstHere;
  }
  return measure(runs.subarray(0, RUN * count), parents, { widthPx, heightPx });
}

function doubled(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(2 * numbers.length);
  twice.set(numbers);
  return twice;
}

function rootOf(parents: Int32Array, run: number): number {
  while (parents[run] !== run) run = parents[run] = parents[parents[run]];
  return run;
}

/** Merges the sets of two runs; the earlier root remains the root. */
function join(parents: Int32Array, a: number, b: number): void {
  const rootA = rootOf(parents, a), rootB = rootOf(parents, b);
  if (rootA < rootB) parents[rootB] = rootA;
  else parents[rootA] = rootB;
}

/** Labels, areas, boxes and centroids from joined runs. */
function measure(
  runs: Int32Array,
  parents: Int32Array,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): Components {
  const labels = new Int32Array(widthPx * heightPx), count = runs.length / RUN;
  const found: {
    area: number;
    x: number;
    y: number;
    left: number;
    right: number;
    top: number;
    bottom: number;
  }[] = [];
  const labelOf = new Int32Array(count);
  for (let run = 0; run < count; run++) {
    const y = runs[RUN * run], start = runs[RUN * run + 1], end = runs[RUN * run + 2];
    const root = rootOf(parents, run), area = end - start;
    if (root === run) {
      labelOf[run] = found.push({ area: 0, x: 0, y: 0, left: start, right: end, top: y, bottom: y });
    }
    const label = labelOf[root], one = found[label - 1];
    one.area += area;
    one.x += area * (start + end - 1) / 2;
    one.y += area * y;
    one.bottom = y;
    if (start < one.left) one.left = start;
    if (end > one.right) one.right = end;
    for (let at = y * widthPx + start, last = y * widthPx + end; at < last; at++) labels[at] = label;
  }
  const components = found.map(({ area, x, y, left, right, top, bottom }, i): Component => ({
    label: i + 1,
    areaPx: area,
    boxPx: { x: left, y: top, width: right - left, height: bottom - top + 1 },
    centroidPx: [x / area, y / area],
  })).sort((a, b) => b.areaPx - a.areaPx || a.label - b.label);
  return { labels, components };
}
