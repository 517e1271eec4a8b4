import { assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { bitsOfRuns, maskRuns } from "../../src/masks/bit_runs.ts";

Deno.test("maskRuns: the first run is of zeros, and bitsOfRuns restores the mask", () => {
  assertEquals(maskRuns([0, 0, 1, 1, 1, 0]), [2, 3, 1]);
  assertEquals(maskRuns([1, 0]), [0, 1, 1]);
  assertEquals(maskRuns([]), [0]);
  const prng = seededPrng(1);
  for (let n = 0; n < 40; n++) {
    const bits = Uint8Array.from({ length: n }, () => prng.integer(2));
    assertEquals(bitsOfRuns(maskRuns(bits), n), bits);
  }
});

Deno.test("bitsOfRuns: runs with the wrong sum, or that are not whole numbers from 0, are an error", () => {
  for (const runs of [[3], [1, 2, 3], [1.5, 2.5], [5, -1]]) {
    assertThrows(() => bitsOfRuns(runs, 4), RangeError);
  }
});
