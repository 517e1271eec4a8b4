import { assert } from "@std/assert";
import { encodePng } from "../../../src/image/encode_png.ts";
import { writeTeachingFilm } from "../../../src/report/video/teaching_film.ts";
import type { TeachingRecord } from "../../../src/study/teach/teach_study.ts";

Deno.test("writeTeachingFilm: the strip of two images contains the first and the last", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/teaching`);
  const frames = await Promise.all([0, 4].map(async (stage) => {
    const image = `teaching/${stage}.png`, samples = new Uint8Array(64).fill(50 * stage);
    await Deno.writeFile(`${folder}/${image}`, encodePng({ widthPx: 8, heightPx: 8, samples }));
    return { stage, distance: 5 + stage, percentile: 50, image };
  }));
  await writeTeachingFilm(folder, { frames } as unknown as TeachingRecord);
  const strip = await Deno.readTextFile(`${folder}/teaching/strip.svg`);
  assert(strip.includes("grade 0.0") && strip.includes("grade 4.0"), strip);
  assert(strip.includes("grade 4.0, synthetic"), strip);
  const handout = await Deno.readTextFile(`${folder}/teaching/handout.html`);
  assert(handout.includes("<p>2 of 2 images of one simulated hip."), handout);
  assert(handout.includes("need not rise at every step"), handout);
  await Deno.remove(folder, { recursive: true });
});
