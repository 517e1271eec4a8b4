import { assert, assertEquals } from "@std/assert";
import { joinBytes } from "../../src/array/join_bytes.ts";

Deno.test("joinBytes: joins parts in order, also empty ones, in a new array", () => {
  const first = Uint8Array.of(1, 2), views = Uint8Array.of(9, 3, 4, 9).subarray(1, 3);
  assertEquals(joinBytes([first, new Uint8Array(0), views, Uint8Array.of(5)]), Uint8Array.of(1, 2, 3, 4, 5));
  assertEquals(joinBytes([]), new Uint8Array(0));
  const copy = joinBytes([first]);
  assert(copy.buffer !== first.buffer, "a single part must be copied too");
  copy[0] = 7;
  assertEquals(first[0], 1);
});
