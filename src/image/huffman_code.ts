/** A canonical Huffman code as JPEG stores it (ITU-T T.81, annex C). */
export interface HuffmanCode {
  /** How many codes have 1, 2, ... 16 bits. */
  readonly counts: Uint8Array; // [16]
  /** Symbols in the order of their codes. */
  readonly symbols: Uint8Array;
  /** Code and number of bits of each symbol; 0 bits where it does not occur. */
  readonly codes: Uint16Array; // [256]
  readonly lengths: Uint8Array; // [256]
}

/**
 * The code that spends the fewest bits on symbols of these frequencies with at most 16 bits each and none made of ones alone
 * (ITU-T T.81, K.2: merging, then shortening of what became too long).
 *
 * @param frequencies How often each symbol occurs, [256]; one of them at least once.
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

/** Number of codes of each length in a code without limit; one more symbol stands for the code of ones alone. */
function lengthsOf(frequencies: ArrayLike<number>): number[] {
  let trees = Array.from({ length: 256 }, (_, symbol) => ({ weight: frequencies[symbol], depths: [0] }))
    .filter(({ weight }) => weight > 0);
  trees.push({ weight: 1, depths: [0] });
  while (trees.length > 1) {
    trees = trees.sort((a, b) => b.weight - a.weight); // the two lightest come last
    const a = trees.pop()!, b = trees.pop()!;
    const depths = [...a.depths, ...b.depths].map((depth) => depth + 1);
    trees.push({ weight: a.weight + b.weight, depths });
  }
  const counts: number[] = new Array(258).fill(0);
  for (const depth of trees[0].depths) counts[depth]++;
  return counts;
}

/** Moves codes of more than 16 bits up the tree (figure K.3), then takes away the longest, that of ones alone. */
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
