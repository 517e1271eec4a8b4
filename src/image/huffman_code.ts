/** A canonical Huffman code as JPEG stores it (ITU-T T.81, annex C). */
export interface HuffmanCode {
  /** Number of codes of 1, 2, ... 16 bits. */
  readonly counts: Uint8Array; // [16]
  /** Symbols in the order of their codes. */
  readonly symbols: Uint8Array;
  /** Code of each symbol. */
  readonly codes: Uint16Array; // [256]
  /** Number of bits of each symbol's code; 0 if the symbol does not occur. */
  readonly lengths: Uint8Array; // [256]
}

/**
 * A near-optimal prefix code for symbols of these frequencies. No code is longer than 16 bits and none consists of
 * ones only (ITU-T T.81, K.2: a Huffman tree whose long codes are then shortened).
 *
 * @param frequencies How often each symbol occurs, [256]; at least one must occur.
 */
export function huffmanCode(frequencies: ArrayLike<number>): HuffmanCode {
  const perLength = limited(lengthsOf(frequencies));
  const used = Array.from({ length: 256 }, (_, symbol) => symbol).filter((symbol) => frequencies[symbol] > 0);
  used.sort((a, b) => frequencies[b] - frequencies[a] || a - b);
  const counts = Uint8Array.from(perLength.slice(1, 17)), symbols = Uint8Array.from(used);
  const codes = new Uint16Array(256), lengths = new Uint8Array(256);
  for (let length = 1, code = 0, at = 0; length <= 16; length++, code <<= 1) {
    for (let i = 0; i < counts[length - 1]; i++, at++, code++) {
      codes[symbols[at]] = code;
      lengths[symbols[at]] = length;
    }
  }
  return { counts, symbols, codes, lengths };
}

/** Number of codes of each length, before the limit. An extra symbol reserves the code of ones only. */
function lengthsOf(frequencies: ArrayLike<number>): number[] {
  const weights = [1, ...Array.from(frequencies).filter((weight) => weight > 0)], leaves = weights.length;
  const parents: number[] = [];
  const roots = weights.map((_, tree) => tree);
  const takeLightest = (): number => {
    let best = 0;
    for (let i = 1; i < roots.length; i++) if (weights[roots[i]] < weights[roots[best]]) best = i;
    const tree = roots[best], last = roots.pop()!;
    if (best < roots.length) roots[best] = last;
    return tree;
  };
  while (roots.length > 1) {
    const a = takeLightest(), b = takeLightest();
    parents[a] = parents[b] = weights.length;
    roots.push(weights.length);
    weights.push(weights[a] + weights[b]);
  }
  const counts: number[] = new Array(258).fill(0), depths: number[] = [];
  depths[weights.length - 1] = 0;
  for (let tree = weights.length - 2; tree >= 0; tree--) {
    depths[tree] = depths[parents[tree]] + 1; // a parent comes after its children
    if (tree < leaves) counts[depths[tree]]++;
  }
  return counts;
}

/**
 * Moves codes of more than 16 bits up the tree (figure K.3), then removes the reserved code of ones only, which is
 * one of the longest.
 */
function limited(counts: number[]): number[] {
  for (let length = counts.length - 1; length > 16; length--) {
    while (counts[length] > 0) {
      let shorter = length - 2;
      while (counts[shorter] === 0) shorter--;
      counts[length] -= 2;
      counts[length - 1]++;
      counts[shorter + 1] += 2;
      counts[shorter]--;
    }
  }
  let longest = 16;
  while (counts[longest] === 0) longest--;
  counts[longest]--;
  return counts;
}
