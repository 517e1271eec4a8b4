/** At most `most` (from 2) items, evenly spaced, including the first and the last; all items if there are no more. */
export function thinEvenly<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, k) => items[Math.round(k * step)]);
}
