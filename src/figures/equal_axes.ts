/** Ranges of both axes so that one unit has the same length on both in a frame of `widthPx` x `heightPx`. */
export function equalAxes(
  points: Iterable<{ readonly x: number; readonly y: number }>,
  { widthPx, heightPx, margin = 0.04 }: { widthPx: number; heightPx: number; margin?: number },
): { x: [number, number]; y: [number, number] } {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [bottom, top] = [Math.min(bottom, y), Math.max(top, y)];
  }
  if (!(left <= right)) return { x: [0, 1], y: [0, heightPx / widthPx] };
  const unit = (1 + 2 * margin) * Math.max((right - left) / widthPx, (top - bottom) / heightPx) ||
    1 / widthPx;
  const about = (low: number, high: number, px: number): [number, number] => {
    const middle = (low + high) / 2, half = unit * px / 2;
    return [middle - half, middle + half];
  };
  return { x: about(left, right, widthPx), y: about(bottom, top, heightPx) };
}
