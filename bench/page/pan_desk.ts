/**
 * Speed of the correction desk in Chromium, in a window of 1280 x 800, with a film of 4000 x 5000 pixels: frames per
 * second while the film is dragged, first fitted to the window, then at full size. Target: 30 frames per second.
 *
 *   deno task bench bench/page/pan_desk.ts [--models DIR]
 *
 * Counted are the frames that the page draws (`canvas.dataset.frames`); pointer events are at least as frequent.
 */
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { serveDesk } from "../../dashboards/serve_desk.ts";
import { loadUnet, openDesk, readRadiograph, SHIPPED_MODELS } from "../../src/mod.ts";
import { encodePng } from "../../src/image/encode_png.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { openBrowser } from "../../tests/dashboards/open_browser.ts";

const { values } = parseArgs({ options: { models: { type: "string", default: SHIPPED_MODELS } } });
const WIDTH = 4000, HEIGHT = 5000, SECONDS = 4;
const browser = await openBrowser();
if (!browser) Deno.exit(4);
const folder = await Deno.makeTempDir({ prefix: "caput_pan_" }), path = `${folder}/film.png`;
const prng = seededPrng(1), samples = new Uint16Array(WIDTH * HEIGHT);
for (let y = 0, i = 0; y < HEIGHT; y++) {
  for (let x = 0; x < WIDTH; x++, i++) {
    const disc = Math.hypot(x - 1200, y - 2600) < 320 || Math.hypot(x - 2800, y - 2600) < 320;
    samples[i] = (disc ? 40_000 : 12_000) + 4000 * prng();
  }
}
await Deno.writeFile(path, encodePng({ widthPx: WIDTH, heightPx: HEIGHT, samples }, { level: 1 }));
const desk = await openDesk({
  films: [{ name: "film.png", path }],
  log: `${folder}/corrections.jsonl`,
  models: await loadUnet(values.models, { device: "cpu" }),
  scoring: null,
  read: readRadiograph,
});
const served = await serveDesk({ desk, reader: "R1", port: 0 });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(served.url);
  await page.waitForFunction(() => document.querySelector("canvas")?.dataset.place, null, {
    timeout: 120_000,
  });
  for (const [name, key] of [["whole film", "0"], ["full size", "full"]]) {
    await page.keyboard.press("1"); // pan
    if (key === "0") await page.keyboard.press("0");
    else for (let k = 0; k < 40 && await scaleOf(page) < 1; k++) await page.keyboard.press("+");
    const { frames, ms, worst } = await page.evaluate(dragAbout, SECONDS);
    console.log(
      `${name} (scale ${(await scaleOf(page)).toFixed(2)}): ${
        (1000 * frames / ms).toFixed(1)
      } frames per second while panning, ` +
        `longest pause ${worst.toFixed(0)} ms`,
    );
  }
} finally {
  await browser.close();
  await served.shutdown();
  desk.close();
  await Deno.remove(folder, { recursive: true });
}

/** Screen pixels per film pixel. */
async function scaleOf(page: Page): Promise<number> {
  return await page.evaluate(() => JSON.parse(document.querySelector("canvas")!.dataset.place!).scale);
}

/** Runs in the page: drags the film in circles, with one pointer event per animation frame of the browser. */
async function dragAbout(seconds: number): Promise<{ frames: number; ms: number; worst: number }> {
  const canvas = document.querySelector("canvas")!, box = canvas.getBoundingClientRect();
  canvas.setPointerCapture = () => {};
  const send = (type: string, angle: number) =>
    canvas.dispatchEvent(
      new PointerEvent(type, {
        clientX: box.left + box.width / 2 + 150 * Math.cos(angle),
        clientY: box.top + box.height / 2 + 150 * Math.sin(angle),
        pointerId: 1,
        bubbles: true,
      }),
    );
  const drawn = () => Number(canvas.dataset.frames);
  send("pointerdown", 0);
  const from = drawn(), began = performance.now();
  let last = began, worst = 0;
  while (performance.now() - began < 1000 * seconds) {
    send("pointermove", (performance.now() - began) / 300);
    await new Promise((next) => requestAnimationFrame(next));
    const now = performance.now();
    [worst, last] = [Math.max(worst, now - last), now];
  }
  const result = { frames: drawn() - from, ms: performance.now() - began, worst };
  send("pointerup", 0);
  return result;
}
