import { assert, assertClose, assertEquals } from "@std/assert";
import { write } from "../../src/phantom/film/dressing.ts";
import { cropHead } from "../../src/segmentation/crop_head.ts";
import { segmentHeads } from "../../src/segmentation/segment_heads.ts";
import type { OpenModel } from "../../src/onnx/open_model.ts";
import { discFilm as radiograph, LEFT, PLAN, READS_GREY, RIGHT } from "./disc_film.ts";

Deno.test("two heads: positions, sizes and sides, from the image's left to its right", async () => {
  const { heads, quality } = await segmentHeads(radiograph([LEFT, RIGHT]), READS_GREY, PLAN);
  assertEquals(heads.map((head) => head.side), ["right", "left"]);
  assertEquals(quality, []);
  [RIGHT, LEFT].forEach(([x, y, radius], i) => {
    assertClose(heads[i].centerPx, [x, y], { absolute: 1.5, relative: 0 });
    assertClose(heads[i].radiusPx, radius, { relative: 0.05 });
    assertClose(heads[i].areaPx, Math.PI * radius ** 2, { relative: 0.08 });
    assertEquals(heads[i].quality, []);
  });
});

Deno.test("a negative is inverted and reported as inverted, and its heads have the same centres as in the positive", async () => {
  const positive = await segmentHeads(radiograph([LEFT, RIGHT]), READS_GREY, PLAN);
  const negative = await segmentHeads(radiograph([LEFT, RIGHT], { inverted: true }), READS_GREY, PLAN);
  assertEquals(negative.quality, ["inverted"]);
  assertEquals(negative.heads.map((head) => head.centerPx), positive.heads.map((head) => head.centerPx));
});

Deno.test("quality codes for no head, one head, a head cut by the border, a third head, and a header that disagrees with the side", async () => {
  const none = await segmentHeads(radiograph([]), READS_GREY, PLAN);
  assertEquals([none.heads.length, none.quality], [0, ["no-head"]]);
  const one = await segmentHeads(radiograph([LEFT], { headerSide: "right" }), READS_GREY, PLAN);
  assertEquals(one.quality, ["one-head"]);
  assertEquals(one.heads[0].quality, ["side-conflict"]);
  const cut = await segmentHeads(radiograph([[16, 300, 42, 700], LEFT]), READS_GREY, PLAN);
  assert(cut.heads[0].quality.includes("border"), `${cut.heads[0].quality}`);
  const three = await segmentHeads(radiograph([LEFT, RIGHT, [400, 120, 40, 700]]), READS_GREY, PLAN);
  assertEquals([three.heads.length, three.quality], [2, ["extra-head"]]);
});

Deno.test("a left head's crop is mirrored, crops do not depend on exposure, and a crop of constant grey is rejected", async () => {
  const film = radiograph([LEFT, RIGHT]);
  for (let i = 0; i < film.pixels.length; i++) film.pixels[i] += i % film.widthPx; // brighter to the image's right
  const { heads: [right, left] } = await segmentHeads(radiograph([LEFT, RIGHT]), READS_GREY, PLAN);
  const plan = { sizePx: 64, halfSideRadii: 1.35, intensityQuantiles: [0.005, 0.995] as const };
  const crop = cropHead(film, right, plan), mirrored = cropHead(film, left, plan);
  assert(crop.pixels[0] < crop.pixels[63]);
  assert(mirrored.pixels[0] > mirrored.pixels[63]);
  const brighter = cropHead({ ...film, pixels: film.pixels.map((v) => 3 * v + 50) }, right, plan);
  assertClose(brighter.pixels, crop.pixels, { absolute: 1e-5, relative: 0 });
  let refused = "";
  try {
    cropHead(radiograph([]), right, plan);
  } catch (error) {
    refused = (error as Error).message;
  }
  assert(refused.includes("same value"), refused);
});

Deno.test("a negative that the network takes for a positive is detected by its dark heads and inverted", async () => {
  // A network that finds heads in either polarity but does not recognise the negative.
  const blind = {
    async run({ film }: { film: { data: Float32Array; dims: readonly number[] } }) {
      const bright = film.data.reduce((sum, v) => sum + v, 0) > film.data.length / 4;
      const data = bright ? film.data.map((v, i) => channelOf(i, film.dims) === 0 ? 1 - v : v) : film.data;
      const answer = await READS_GREY.run({ film: { data, dims: film.dims } } as never) as unknown as {
        maps: { data: Float32Array };
      };
      answer.maps.data.forEach((_, i) => {
        if (channelOf(i, film.dims, 4) === 3) answer.maps.data[i] = 0.12;
      });
      return answer;
    },
  } as unknown as OpenModel;
  const positive = await segmentHeads(radiograph([LEFT, RIGHT]), blind, PLAN);
  assertEquals(positive.quality, []);
  const negative = await segmentHeads(radiograph([LEFT, RIGHT], { inverted: true }), blind, PLAN);
  assertEquals(negative.quality, ["inverted"]);
  assertEquals(negative.heads.map((head) => head.side), ["right", "left"]);
  negative.heads.forEach((head, i) =>
    assertClose(head.radiusPx, positive.heads[i].radiusPx, { relative: 0.01 })
  );
});

/** Channel that value `i` of an array of shape [n, channels, size, size] belongs to. */
function channelOf(i: number, [, , size]: readonly number[], channels = 2): number {
  return Math.floor(i / (size * size)) % channels;
}

Deno.test("a mirrored marker swaps the sides; whether a crop is mirrored still depends on the head's appearance", async () => {
  const film = radiograph([LEFT, RIGHT]), { widthPx, heightPx } = film;
  const page = { widthPx, heightPx, values: Float64Array.from(film.pixels) };
  write(page as never, "R", { x: 730, y: 60, size: 40, thick: 4, mirrored: true, ink: () => 380 });
  const { heads } = await segmentHeads({ ...film, pixels: Float32Array.from(page.values) }, READS_GREY, PLAN);
  assertEquals(heads.map(({ side, turned, quality }) => [side, turned, quality]), [
    ["left", true, ["side-conflict"]],
    ["right", true, ["side-conflict"]],
  ]);
  const slope = { ...film, pixels: film.pixels.map((value, i) => value + i % widthPx) };
  const plan = { sizePx: 64, halfSideRadii: 1.35, intensityQuantiles: [0.005, 0.995] as const };
  // The hip on the image's left looks like a right hip, so its crop is not mirrored, although it is the patient's left
  // hip.
  const [atLeft, atRight] = heads.map((head) => cropHead(slope, head, plan));
  assert(atLeft.pixels[0] < atLeft.pixels[63]);
  assert(atRight.pixels[0] > atRight.pixels[63]);
});
