import { assertEquals, assertThrows } from "@std/assert";
import { components } from "../../src/image/components.ts";

const fixture = JSON.parse(await Deno.readTextFile(new URL("../fixtures/image/image.json", import.meta.url)));

Deno.test("components: areas agree with scipy.ndimage.label for both connectivities", () => {
  const mask = fixture.mask.flat(), widthPx = fixture.mask[0].length, heightPx = fixture.mask.length;
  for (const connectivity of [4, 8] as const) {
    const { components: found } = components(mask, { widthPx, heightPx, connectivity });
    assertEquals(found.map(({ areaPx }) => areaPx), fixture[`areas${connectivity}`]);
  }
});

Deno.test("components: label, box and centroid of a U, whose arms are connected only at the bottom", () => {
  // deno-fmt-ignore
  const mask = [
    1, 0, 0, 1, 0,
    1, 0, 0, 1, 0,
    1, 1, 1, 1, 0,
    0, 0, 0, 0, 1,
  ];
  const { labels, components: [u, dot] } = components(mask, { widthPx: 5, heightPx: 4, connectivity: 4 });
  assertEquals(u, {
    label: 1,
    areaPx: 8,
    boxPx: { x: 0, y: 0, width: 4, height: 3 },
    centroidPx: [1.5, 1.25],
  });
  assertEquals([dot.label, dot.areaPx, dot.boxPx], [2, 1, { x: 4, y: 3, width: 1, height: 1 }]);
  assertEquals([...labels].map((label) => Math.sign(label)), mask);
  assertEquals(components(mask, { widthPx: 5, heightPx: 4 }).components.length, 1);
});

Deno.test("components: the end of a row does not connect to the start of the next row; an empty mask has no component", () => {
  assertEquals(
    components([0, 0, 1, 1, 0, 0], { widthPx: 3, heightPx: 2, connectivity: 4 }).components.length,
    2,
  );
  assertEquals(components(new Uint8Array(6), { widthPx: 3, heightPx: 2 }).components, []);
});

Deno.test("components: rejects a mask of the wrong size", () => {
  assertThrows(() => components([1, 0], { widthPx: 3, heightPx: 1 }), TypeError, "needs 3 bits, got 2");
});

Deno.test("components: 21 separate vertical lines are found, each a run in every row", () => {
  const widthPx = 41,
    heightPx = 9,
    mask = Uint8Array.from({ length: widthPx * heightPx }, (_, i) => 1 - i % widthPx % 2);
  const { components: found } = components(mask, { widthPx, heightPx });
  assertEquals(found.map(({ areaPx }) => areaPx), new Array(21).fill(heightPx));
  assertEquals(found.map(({ boxPx }) => boxPx.x), Array.from({ length: 21 }, (_, i) => 2 * i));
});
