import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { outlineRadii } from "../../../src/segmentation/outline/outline_radii.ts";

/** A disc of radius 30 around (50, 40) on the film, cut off to the right of x = 60. */
function cutDisc() {
  const boxPx = { x: 15, y: 5, width: 70, height: 70 };
  const mask = new Uint8Array(boxPx.width * boxPx.height);
  for (let y = 0; y < boxPx.height; y++) {
    for (let x = 0; x < boxPx.width; x++) {
      const [fx, fy] = [x + boxPx.x, y + boxPx.y];
      mask[y * boxPx.width + x] = Math.hypot(fx - 50, fy - 40) <= 30 && fx <= 60 ? 1 : 0;
    }
  }
  return { boxPx, mask };
}

Deno.test("outlineRadii: in units of the radius, rays to a disc's edge are 1, rays to a cut are the distance to the cut", () => {
  const radii = outlineRadii(cutDisc(), { centerPx: [50, 40], radiusPx: 30 });
  assertEquals(radii.length, 72);
  assertClose(radii[36], 1, { absolute: 0.03 }); // to the left
  assertClose(radii[18], 1, { absolute: 0.03 }); // downwards
  assertClose(radii[0], 10 / 30, { absolute: 0.03 }); // to the right: the cut
});

Deno.test("outlineRadii: with `mirror`, left and right radii are exchanged", () => {
  const plain = outlineRadii(cutDisc(), { centerPx: [50, 40], radiusPx: 30, rays: 8 });
  const mirrored = outlineRadii(cutDisc(), { centerPx: [50, 40], radiusPx: 30, rays: 8, mirror: true });
  [4, 3, 2, 1, 0, 7, 6, 5].forEach((from, k) => assertClose(mirrored[k], plain[from], { absolute: 1e-9 }));
});

Deno.test("outlineRadii: a ray that does not meet the mask is 0; a radius of 0 is rejected", () => {
  const aside = outlineRadii(cutDisc(), { centerPx: [120, 40], radiusPx: 30, rays: 4 });
  assertEquals(aside[0], 0);
  assert(aside[2] > 2, "the disc is on the left");
  assertThrows(() => outlineRadii(cutDisc(), { centerPx: [50, 40], radiusPx: 0 }), RangeError, "above 0");
});
