/** Sizes of a figure whose two axes are of one length. */
export interface SquareFrame {
  readonly height: number;
  readonly marginLeft: number;
  readonly marginRight: number;
  readonly marginTop: number;
  readonly marginBottom: number;
}

/** Longest side of a square frame, CSS pixels: a wide column does not make it taller than a page bears. */
const LONGEST_PX = 380;

/** A square frame as wide as the column allows, in the middle of a column that is wider. Margins in CSS pixels. */
export function squareFrame(
  width: number,
  { left, right, top, bottom }: { left: number; right: number; top: number; bottom: number },
): SquareFrame {
  const side = Math.min(width - left - right, LONGEST_PX);
  const spare = (width - left - right - side) / 2;
  return {
    height: Math.round(side + top + bottom),
    marginLeft: left + spare,
    marginRight: right + spare,
    marginTop: top,
    marginBottom: bottom,
  };
}
