/** Size and margins of a figure with axes of equal length. */
export interface SquareFrame {
  readonly height: number;
  readonly marginLeft: number;
  readonly marginRight: number;
  readonly marginTop: number;
  readonly marginBottom: number;
}

/** Largest side of a square frame in CSS pixels, so that it fits on a page even in a wide column. */
const LONGEST_PX = 380;

/** A square frame as wide as the column, up to a limit, and centred if the column is wider. Margins in CSS pixels. */
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
