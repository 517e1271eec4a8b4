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

/** Removes labels that would overlap an earlier one; their lines are still drawn. */
export function readableLabels(
  labels: readonly PlacedLabel[],
  { domain: [low, high], log, lengthPx, fontSizePx }: LabelRoom,
): PlacedLabel[] {
  const scale = (v: number) => log ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low);
  const kept: PlacedLabel[] = [];
  for (const one of labels) {
    const room = (other: PlacedLabel) => 0.3 * fontSizePx * (one.label.length + other.label.length) + 4;
    const free = kept.every((other) =>
      Math.abs(scale(one.value) - scale(other.value)) * lengthPx >= room(other)
    );
    if (free) kept.push(one);
  }
  return kept;
}
