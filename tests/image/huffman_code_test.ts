import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { huffmanCode } from "../../src/image/huffman_code.ts";

const prng = seededPrng(8);

Deno.test("huffmanCode: prefix-free, no code of ones only, at most 16 bits, short codes for frequent symbols", () => {
  const growing = Array.from({ length: 256 }, (_, i) => i < 40 ? Math.round(1.6 ** i) : 0); // depth 39 without a limit
  const random = Array.from({ length: 256 }, () => prng() < 0.5 ? prng.integer(1000) : 0);
  const one = Array.from({ length: 256 }, (_, i) => i === 7 ? 3 : 0);
  for (const frequencies of [growing, random, one]) {
    const { codes, lengths, counts, symbols } = huffmanCode(frequencies);
    const used = frequencies.flatMap((count, symbol) => count > 0 ? [symbol] : []);
    assertEquals(new Set(symbols), new Set(used));
    assertEquals(counts.reduce((sum, count) => sum + count), used.length);
    const texts = used.map((symbol) => codes[symbol].toString(2).padStart(lengths[symbol], "0"));
    for (const [i, text] of texts.entries()) {
      assertEquals(text.length, lengths[used[i]]);
      assert(text.length <= 16 && text.includes("0"), text);
      assert(texts.every((other, j) => i === j || !other.startsWith(text)), `${text} begins another`);
    }
    const order = used.toSorted((a, b) => frequencies[b] - frequencies[a]);
    assert(order.every((symbol, i) => i === 0 || lengths[order[i - 1]] <= lengths[symbol]));
  }
});
