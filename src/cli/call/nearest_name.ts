/** Levenshtein's edit distance, with a swap of neighbours counted as one step (Damerau 1964, restricted form). */
function editDistance(a: string, b: string): number {
  let before: number[] = [], previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(row[j - 1] + 1, previous[j] + 1, previous[j - 1] + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    before = previous;
    previous = row;
  }
  return previous[b.length];
}

/**
 * The name in `names` that is most similar to `word`, or null if none is similar: the edit distance must be at most half
 * the length of `word`, or 1. Names that start with `word` (two letters or more) or end with it (three or more) count as
 * very similar.
 */
export function nearestName(word: string, names: readonly string[]): string | null {
  let best: string | null = null, least = Infinity;
  for (const name of names) {
    const distance = (name.startsWith(word) && word.length > 1) || (name.endsWith(word) && word.length > 2)
      ? 0.5
      : editDistance(word, name);
    if (distance < least) [best, least] = [name, distance];
  }
  return least <= Math.max(1, word.length / 2) ? best : null;
}
