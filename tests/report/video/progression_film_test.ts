import { assert, assertClose, assertEquals } from "@std/assert";
import sharp from "sharp";
import { filmFrames } from "../../../src/report/video/film_frames.ts";
import { progressionFilm } from "../../../src/report/video/progression_film.ts";
import { readStudy } from "../../../src/report/read/read_study.ts";
import { openBrowser } from "../../dashboards/open_browser.ts";
import { sampleStudy } from "../../dashboards/sample_study.ts";
import { everyOf, readWebm } from "../read_webm.ts";

const folder = await Deno.makeTempDir();
await sampleStudy(folder, { heads: 240, sizePx: 32 });
const study = await readStudy(folder);
await Deno.mkdir(`${folder}/out`);
const { gif, webm } = await progressionFilm(study);
const frames = await filmFrames(study);

/** Grey values of a picture. */
const greys = async (bytes: Uint8Array) => await sharp(bytes).greyscale().raw().toBuffer();

/** A VP8 frame as a WebP image, so that sharp can decode it. */
function webpOf(frame: Uint8Array): Uint8Array {
  const padded = frame.length + (frame.length & 1);
  const bytes = new Uint8Array(20 + padded), view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("RIFF    WEBPVP8 "));
  view.setUint32(4, 12 + padded, true);
  view.setUint32(16, frame.length, true);
  bytes.set(frame, 20);
  return bytes;
}

Deno.test("both animations have every frame; the frames of the WebM are close to the images they were made from", async () => {
  assertEquals((await sharp(gif, { animated: true }).metadata()).pages, frames.length);
  const blocks = everyOf(readWebm(webm), "a1");
  assertEquals(blocks.length, frames.length);
  for (const [i, { bytes }] of blocks.entries()) {
    const [seen, drawn] = [await greys(webpOf(bytes.subarray(4))), await greys(frames[i].png)];
    assertEquals(seen.length, drawn.length);
    const error = Math.sqrt(seen.reduce((sum, v, k) => sum + (v - drawn[k]) ** 2, 0) / seen.length);
    assert(error < 6, `frame ${i} differs by ${error} of 255`);
  }
});

Deno.test("the same study gives the same bytes", async () => {
  const again = await progressionFilm(study);
  assertEquals(again.webm, webm);
  assertEquals(again.gif, gif);
});

Deno.test("a browser plays the WebM, pauses at a frame and shows it", async () => {
  await using browser = await openBrowser();
  if (!browser) return;
  const page = await browser.newPage();
  await page.setContent("<video muted></video><canvas></canvas>");
  const seen = await page.evaluate(async (film: string) => {
    const video = document.querySelector("video")!, canvas = document.querySelector("canvas")!;
    const happens = (name: string) =>
      new Promise((done, failed) => {
        video.addEventListener(name, done, { once: true });
        video.addEventListener("error", () => failed(new Error(video.error?.message)), { once: true });
      });
    const loaded = happens("loadeddata");
    video.src = `data:video/webm;base64,${film}`;
    await loaded;
    // "seeked" may come before the frame can be drawn, so the test waits for the last frame itself (1.4 s long).
    const frame = new Promise<void>((done) => {
      const check = (_now: number, { mediaTime }: { mediaTime: number }) => {
        if (mediaTime > video.duration - 1.5) done();
        else video.requestVideoFrameCallback(check);
      };
      video.requestVideoFrameCallback(check);
    });
    const sought = happens("seeked");
    video.currentTime = video.duration - 0.5; // within the last frame
    await sought;
    await Promise.race([frame, new Promise((done) => setTimeout(done, 3000))]);
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    const pen = canvas.getContext("2d")!;
    pen.drawImage(video, 0, 0);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    const played = happens("ended");
    video.playbackRate = 4;
    await video.play();
    await played;
    return {
      ...{ seconds: video.duration, widthPx: canvas.width, heightPx: canvas.height },
      greys: Array.from({ length: data.length / 4 }, (_, k) => data[4 * k]),
    };
  }, webm.toBase64());
  assertClose(seen.seconds, (2 * 1400 + (frames.length - 2) * 140) / 1000, { absolute: 0.001 });
  assertEquals([seen.widthPx, seen.heightPx], [384, 460]);
  const drawn = await greys(frames.at(-1)!.png);
  const error = Math.sqrt(seen.greys.reduce((sum, v, k) => sum + (v - drawn[k]) ** 2, 0) / drawn.length);
  assert(error < 8, `the last frame differs by ${error} of 255`);
});

Deno.test("clean up", () => Deno.remove(folder, { recursive: true }));
