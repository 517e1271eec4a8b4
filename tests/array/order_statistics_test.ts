import { assertEquals, assertThrows } from "@std/assert";
import { orderStatistics } from "../../src/array/order_statistics.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";

Deno.test("every result equals that of sorting, for any signs, magnitudes and ties", () => {
  const prng = seededPrng(3);
  const kinds = [
    () => prng.normal(),
    () => prng.normal() * 10 ** (30 * prng()),
    () => prng.integer(5) - 2,
    () => 4096 + prng.integer(1000) / 1000, // all in one bucket
    () => [0, -0, 1e-42, -1e-42, Infinity, -Infinity, 3.4e38, -3.4e38][prng.integer(8)],
  ];
  for (const draw of kinds) {
    for (const n of [1, 2, 17, 400]) {
      const values = Float32Array.from({ length: n }, draw), before = values.slice();
      const ranks = Array.from({ length: n }, (_, i) => i);
      const got = orderStatistics(values, ranks), want = values.toSorted();
      ranks.forEach((rank) => assertEquals(Object.is(got[rank], want[rank]), true, `${rank} of ${n}`));
      assertEquals(values, before, "the values keep their order");
    }
  }
});

Deno.test("a view of a longer buffer is read from its offset", () => {
  const all = Float32Array.of(9, 9, 3, 1, 2, 9);
  assertEquals([...orderStatistics(all.subarray(2, 5), [0, 1, 2])], [1, 2, 3]);
});

Deno.test("a rank out of range is rejected", () => {
  for (const rank of [-1, 3, 0.5, NaN]) {
    assertThrows(() => orderStatistics(Float32Array.of(1, 2, 3), [rank]), RangeError, "from 0 to below 3");
  }
});
