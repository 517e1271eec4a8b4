import type { BoxedMask } from "../../masks/boxed_mask.ts";

/** Sizes of two masks and of their overlap, in pixels. */
export function overlap(a: BoxedMask, b: BoxedMask): { a: number; b: number; both: number } {
  return { a: areaOf(a), b: areaOf(b), both: sharedPixels(a, b) };
}

/** Pixels inside both masks. */
export function sharedPixels(a: BoxedMask, b: BoxedMask): number {
  let both = 0;
  const x0 = Math.max(a.boxPx.x, b.boxPx.x);
  const x1 = Math.min(a.boxPx.x + a.boxPx.width, b.boxPx.x + b.boxPx.width);
  const y0 = Math.max(a.boxPx.y, b.boxPx.y);
  const y1 = Math.min(a.boxPx.y + a.boxPx.height, b.boxPx.y + b.boxPx.height);
  for (let y = y0; y < y1; y++) {
    const rowA = (y - a.boxPx.y) * a.boxPx.width - a.boxPx.x;
    const rowB = (y - b.boxPx.y) * b.boxPx.width - b.boxPx.x;
    for (let x = x0; x < x1; x++) both += a.mask[rowA + x] & b.mask[rowB + x];
  }
  return both;
}

/** Pixels inside a mask. */
function areaOf({ mask }: BoxedMask): number {
  let sum = 0;
  for (let i = 0; i < mask.length; i++) sum += mask[i]; // a loop is faster: `reduce` calls a function per pixel
  return sum;
}

/**
 * Dice coefficient 2|A and B| / (|A| + |B|) of two masks on one film (Dice 1945, Ecology 26:297), 0 to 1.
 * Two empty masks agree perfectly: 1.
 */
export function dice(a: BoxedMask, b: BoxedMask): number {
  const size = overlap(a, b);
  return size.a + size.b === 0 ? 1 : 2 * size.both / (size.a + size.b);
}

/** Intersection over union of two masks on one film (Jaccard 1912), 0 to 1; 1 for two empty masks. */
export function intersectionOverUnion(a: BoxedMask, b: BoxedMask): number {
  const size = overlap(a, b);
  const union = size.a + size.b - size.both;
  return union === 0 ? 1 : size.both / union;
}
