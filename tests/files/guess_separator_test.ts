import { assertEquals } from "@std/assert";
import { guessSeparator } from "../../src/files/guess_separator.ts";

Deno.test("guessSeparator: most often in the first line, outside quotes; the comma where none is there", () => {
  assertEquals(["a,b;c,d\n;;;;", "a;b\r1,5", "a\tb\tc,d", "a", ""].map(guessSeparator), [
    ",",
    ";",
    "\t",
    ",",
    ",",
  ]);
  assertEquals(guessSeparator('"a,b,c";d\n'), ";");
  assertEquals(guessSeparator("a;b,c"), ",");
});
