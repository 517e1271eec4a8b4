import { assertEquals, assertThrows } from "@std/assert";
import { encodeLabels } from "../../../src/stats/samples/encode_labels.ts";

Deno.test("encodeLabels: labels become indices in order of appearance; 1 and '1' are the same label; a missing label is rejected", () => {
  const { codes, size } = encodeLabels([["b", 1], ["1", "__proto__", "b"]], [2, 3]);
  assertEquals([Array.from(codes), size], [[0, 1, 1, 2, 0], 3]);
  assertThrows(() => encodeLabels([["a"]], [2]), TypeError, "each of 2 values must have a label, got 1");
});
