import { assert, assertEquals, assertRejects } from "@std/assert";
import sharp from "sharp";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { encodePng } from "../../../src/image/encode_png.ts";
import { smallPictures } from "../../../src/study/folder/small_pictures.ts";

Deno.test("smallPictures: greyscale JPEGs in the requested order, never enlarged; null for a missing picture", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const prng = seededPrng(2), sizes = [16, 40];
    for (const sizePx of sizes) {
      const samples = Uint8Array.from(
        { length: sizePx * sizePx },
        (_, i) => 3 * (i % sizePx) + prng.integer(20),
      );
      const png = encodePng({ widthPx: sizePx, heightPx: sizePx, samples });
      await Deno.writeFile(`${folder}/${sizePx}.png`, png);
    }
    const ask = (name: number, sizePx: number) => ({ path: `${folder}/${name}.png`, sizePx, quality: 70 });
    const few = [ask(16, 32), ask(40, 32), ask(7, 32), ask(40, 64)];
    const pictures = await smallPictures(few);
    assertEquals(pictures[2], null);
    for (const [i, sizePx] of [[0, 16], [1, 32], [3, 40]]) {
      const { data, info } = await sharp(Uint8Array.fromBase64(pictures[i]!)).raw().toBuffer({
        resolveWithObject: true,
      });
      assertEquals([info.format, info.width, info.height], ["raw", sizePx, sizePx]);
      const left = data[0], right = data[(sizePx - 1) * info.channels];
      assert(right > left, "the image must show its gradient");
    }
    const many = Array.from({ length: 700 }, (_, i) => few[i % few.length]); // on every core
    assertEquals(await smallPictures(many), many.map((_, i) => pictures[i % few.length]));
    await Deno.writeFile(`${folder}/16.png`, new Uint8Array(40));
    await assertRejects(() => smallPictures([ask(16, 32)]), Error, "16.png");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
