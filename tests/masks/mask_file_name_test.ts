import { assertEquals } from "@std/assert";
import { isMaskFileName } from "../../src/masks/mask_file_name.ts";

Deno.test("isMaskFileName: true for FILM-ID.SIDE.png, false for films and other names", () => {
  const names = ["films/masks/120bb32f997ef9a8.left.png", "120bb32f997ef9a8.right2.png"];
  assertEquals(names.map(isMaskFileName), [true, true]);
  assertEquals(["120bb32f997ef9a8.png", "P1.left.png", "a/120bb32f997ef9a8.left.dcm"].map(isMaskFileName), [
    ...[false, false, false],
  ]);
});
