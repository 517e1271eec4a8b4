/** Number of heads in each cell of the visible map. */
export interface DensityGrid {
  readonly columns: number;
  readonly rows: number;
  /** Side of a cell in CSS pixels. */
  readonly cellPx: number;
  readonly counts: Uint32Array; // [rows, columns]
  /** Number of heads in the fullest cell. */
  readonly most: number;
  /** Number of visible heads. */
  readonly heads: number;
}

/**
 * Side of a cell in CSS pixels: small enough to show the shape of the distribution, large enough for a cell with one
 * head to be visible.
 */
export const CELL_PX = 4;

/** Counts the flagged heads (all heads if null) within the box. */
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
    const count = ++counts[Math.floor(y / cellPx) * columns + Math.floor(x / cellPx)];
    if (count > most) most = count;
    heads++;
  }
  return { columns, rows, cellPx, counts, most, heads };
}

/** Number of heads in the cell at a screen position; 0 outside the grid. */
export function headsAt({ columns, rows, cellPx, counts }: DensityGrid, x: number, y: number): number {
  const [column, row] = [Math.floor(x / cellPx), Math.floor(y / cellPx)];
  return column >= 0 && row >= 0 && column < columns && row < rows ? counts[row * columns + column] : 0;
}
