/** How many heads lie in each cell of the map on the screen. */
export interface DensityGrid {
  readonly columns: number;
  readonly rows: number;
  /** Side of a cell in CSS pixels. */
  readonly cellPx: number;
  readonly counts: Uint32Array; // [rows, columns]
  /** Heads of the fullest cell. */
  readonly most: number;
  /** Heads on the screen. */
  readonly heads: number;
}

/** Side of a cell in CSS pixels: small enough for shape, large enough to be seen when it holds one head. */
export const CELL_PX = 4;

/** Counts the flagged heads (all, when null) that lie inside the box. */
export function densityGrid(
  { xs, ys }: { xs: Float32Array; ys: Float32Array },
  { flags, widthPx, heightPx, cellPx = CELL_PX }: {
    flags: Uint8Array | null;
    widthPx: number;
    heightPx: number;
    cellPx?: number;
  },
): DensityGrid {
  const [columns, rows] = [Math.ceil(widthPx / cellPx), Math.ceil(heightPx / cellPx)];
  const counts = new Uint32Array(columns * rows);
  let [most, heads] = [0, 0];
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [xs[i], ys[i]];
    if (!(x >= 0 && x < widthPx && y >= 0 && y < heightPx) || (flags && !flags[i])) continue;
    const held = ++counts[Math.floor(y / cellPx) * columns + Math.floor(x / cellPx)];
    if (held > most) most = held;
    heads++;
  }
  return { columns, rows, cellPx, counts, most, heads };
}

/** Heads in the cell at a place of the screen. */
export function headsAt({ columns, rows, cellPx, counts }: DensityGrid, x: number, y: number): number {
  const [column, row] = [Math.floor(x / cellPx), Math.floor(y / cellPx)];
  return column >= 0 && row >= 0 && column < columns && row < rows ? counts[row * columns + column] : 0;
}
