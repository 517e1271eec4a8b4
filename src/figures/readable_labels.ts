/** A label at a position along an axis. */
export interface PlacedLabel {
  readonly value: number;
  readonly label: string;
}

/** Range and length of the axis, and size of the text. */
export interface LabelRoom {
  /** Data values at both ends of the axis. */
  readonly domain: readonly [number, number];
  readonly log: boolean;
  /** Length of the axis in pixels. */
  readonly lengthPx: number;
  readonly fontSizePx: number;
}

/** A label that is printed. */
export interface ReadableLabel extends PlacedLabel {
  /**
   * True if the label begins at its line instead of being centred on the line, so that the label does not reach beyond
   * the start of the axis.
   */
  readonly fromLine: boolean;
}

/**
 * Removes labels that would overlap an earlier one; only the labels are removed, not their lines. A label that would
 * reach beyond the start of the axis begins at its line.
 */
export function readableLabels(
  labels: readonly PlacedLabel[],
  { domain: [low, high], log, lengthPx, fontSizePx }: LabelRoom,
): ReadableLabel[] {
  const scale = (v: number) => log ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low);
  const halfOf = ({ label }: PlacedLabel) => 0.3 * fontSizePx * label.length;
  const fromLine = (one: PlacedLabel) => scale(one.value) * lengthPx < halfOf(one);
  const middle = (one: PlacedLabel) => scale(one.value) * lengthPx + (fromLine(one) ? halfOf(one) : 0);
  const kept: PlacedLabel[] = [];
  for (const one of labels) {
    const free = kept.every((other) =>
      Math.abs(middle(one) - middle(other)) >= halfOf(one) + halfOf(other) + 4
    );
    if (free) kept.push(one);
  }
  return kept.map((one) => ({ ...one, fromLine: fromLine(one) }));
}
