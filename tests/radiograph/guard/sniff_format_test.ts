import { assertThrows } from "@std/assert";
import { RadiographError } from "../../../src/radiograph/guard/radiograph_error.ts";
import { sniffFormat } from "../../../src/radiograph/guard/sniff_format.ts";

Deno.test("sniffFormat: the error names a NIfTI volume of either version", () => {
  for (const [magic, at, size] of [["n+1\0", 344, 348], ["n+2\0", 4, 540]] as const) {
    const bytes = new Uint8Array(600);
    new DataView(bytes.buffer).setInt32(0, size, true);
    bytes.set(new TextEncoder().encode(magic), at);
    assertThrows(() => sniffFormat(bytes), RadiographError, "got a NIfTI volume");
  }
});
