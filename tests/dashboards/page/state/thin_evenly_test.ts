import { assertEquals } from "@std/assert";
import { thinEvenly } from "../../../../dashboards/page/state/thin_evenly.ts";

Deno.test("thinEvenly takes evenly spaced items with both ends, and does not change a short list", () => {
  const items = Array.from({ length: 101 }, (_, i) => i);
  assertEquals(thinEvenly(items, 5), [0, 25, 50, 75, 100]);
  assertEquals(thinEvenly(items, 101), items);
  assertEquals(thinEvenly(items, Infinity), items);
});
