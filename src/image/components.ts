/** A connected patch of a bit mask. */
export interface Component {
  /** Its number in `labels`, from 1, in order of its first pixel. */
  readonly label: number;
  readonly areaPx: number;
  readonly boxPx: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Mean of its pixels' coordinates, [x, y]. */
  readonly centroidPx: readonly [number, number];
}

/** What {@linkcode components} finds. */
export interface Components {
  /** 0 outside, else the component's label. */
  readonly labels: Int32Array; // [heightPx, widthPx]
  /** Largest first; equal areas in order of label. */
  readonly components: readonly Component[];
}

/** Shape of the mask. */
export interface ComponentsOptions {
  widthPx: number;
  heightPx: number;
  /** Which neighbours belong together: edges only (4) or corners too (8). @default {8} */
  connectivity?: 4 | 8;
}

/**
 * Connected components of a bit mask, by two passes with union-find.
 *
 * @param mask [heightPx, widthPx], anything but 0 counts as set.
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
  const labels = new Int32Array(mask.length), parent: number[] = [0];
  const root = (a: number): number => {
    while (parent[a] !== a) a = parent[a] = parent[parent[a]];
    return a;
  };
  const join = (a: number, b: number): number => {
    const [low, high] = [root(a), root(b)].sort((p, q) => p - q);
    return parent[high] = low;
  };
  const corners = connectivity === 8;
  for (let y = 0, at = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, at++) {
      if (!mask[at]) continue;
      const left = x > 0 ? labels[at - 1] : 0, above = y > 0 ? labels[at - widthPx] : 0;
      let label = 0;
      if (corners && above > 0) label = above; // which touches every other neighbour by itself
      else {
        const before = corners && x > 0 && y > 0 ? labels[at - widthPx - 1] : 0;
        const after = corners && x + 1 < widthPx && y > 0 ? labels[at - widthPx + 1] : 0;
        for (const other of [left, above, before, after]) {
          if (other > 0) label = label === 0 || label === other ? other : join(label, other);
        }
      }
      labels[at] = label || (parent.push(parent.length) - 1);
    }
  }
  return { labels, components: measure(labels, { widthPx, name: parent.map((_, i) => root(i)) }) };
}

/** Second pass: final labels in place, areas, boxes and centroids. */
function measure(labels: Int32Array, { widthPx, name }: { widthPx: number; name: number[] }): Component[] {
  const dense = new Int32Array(name.length), area: number[] = [0], sumX: number[] = [0], sumY: number[] = [0];
  const left: number[] = [0], right: number[] = [0], top: number[] = [0], bottom: number[] = [0];
  for (let at = 0; at < labels.length; at++) {
    if (labels[at] === 0) continue;
    const x = at % widthPx, y = (at - x) / widthPx, group = name[labels[at]];
    if (dense[group] === 0) {
      dense[group] = area.push(0) - 1;
      sumX.push(0), sumY.push(0), left.push(x), right.push(x), top.push(y), bottom.push(y);
    }
    const k = labels[at] = dense[group];
    area[k]++, sumX[k] += x, sumY[k] += y, bottom[k] = y;
    if (x < left[k]) left[k] = x;
    if (x > right[k]) right[k] = x;
  }
  return area.map((areaPx, k): Component => ({
    label: k,
    areaPx,
    boxPx: { x: left[k], y: top[k], width: right[k] - left[k] + 1, height: bottom[k] - top[k] + 1 },
    centroidPx: [sumX[k] / areaPx, sumY[k] / areaPx],
  })).slice(1).sort((a, b) => b.areaPx - a.areaPx || a.label - b.label);
}
