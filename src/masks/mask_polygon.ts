import type { BoxedMask } from "./boxed_mask.ts";
import type { Corner } from "./polygon_mask.ts";

/** Steps along pixel edges: right, down, left, up. */
const STEPS = [[1, 0], [0, 1], [-1, 0], [0, -1]] as const;

/**
 * The outer border, along pixel edges, of the connected component that contains the mask's first set pixel.
 * `polygonMask` restores the same pixels, except for holes and other components. Empty for an empty mask.
 */
export function maskPolygon({ boxPx: { x: left, y: top, width, height }, mask }: BoxedMask): Corner[] {
  const start = mask.indexOf(1);
  if (start < 0) return [];
  const inside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] === 1;
  /** Whether the pixel to the right, or left, of a step from a corner is set. */
  const beside = (x: number, y: number, turn: number, hand: "right" | "left") => {
    const [dx, dy] = STEPS[turn], sign = hand === "right" ? 1 : -1;
    return inside(Math.floor(x + (dx - sign * dy) / 2), Math.floor(y + (dy + sign * dx) / 2));
  };
  const x0 = start % width, y0 = Math.floor(start / width), corners: Corner[] = [];
  let x = x0, y = y0, turn = 0;
  do {
    corners.push([left + x, top + y]);
    do {
      x += STEPS[turn][0];
      y += STEPS[turn][1];
    } while (
      (x !== x0 || y !== y0) && beside(x, y, turn, "right") && !beside(x, y, turn, "left")
    );
    // Set pixels are kept on the right. Pixels that touch only at a corner are connected.
    turn = (turn + (beside(x, y, turn, "left") ? 3 : 1)) % 4;
  } while (x !== x0 || y !== y0);
  return corners;
}
