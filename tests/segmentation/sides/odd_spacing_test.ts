import { assertEquals } from "@std/assert";
import { oddSpacing } from "../../../src/segmentation/sides/odd_spacing.ts";
import type { SpacingSource } from "../../../src/types.ts";

Deno.test("oddSpacing: heads of 66 mm, 26 m and 5 mm are implausible; with the detector's spacing 66 mm are plausible", () => {
  const odd = (diameterMm: number, spacingSource: SpacingSource = "PixelSpacing") =>
    oddSpacing([{ radiusPx: 50 }], { pixelSpacingMm: [diameterMm / 100, diameterMm / 100], spacingSource });
  for (const diameter of [22, 38, 47, 58]) assertEquals(odd(diameter), false, String(diameter));
  for (const diameter of [5, 66, 26_000]) assertEquals(odd(diameter), true, String(diameter));
  assertEquals(odd(66, "ImagerPixelSpacing"), false);
  assertEquals(odd(80, "NominalScannedPixelSpacing"), true);
  assertEquals(oddSpacing([{ radiusPx: 50 }], { pixelSpacingMm: null, spacingSource: "none" }), false);
  assertEquals(oddSpacing([], { pixelSpacingMm: [9, 9], spacingSource: "pHYs" }), false);
});
