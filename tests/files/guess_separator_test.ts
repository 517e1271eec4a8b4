import { assertEquals } from "@std/assert";
import { guessSeparator } from "../../src/files/guess_separator.ts";

Deno.test("guessSeparator: the most frequent separator of the first line, outside quotes; a comma if there is none", () => {
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
