/**
 * Speed of the page in Chromium: size of the file, time until the first paint, and the time per frame while a brush is
 * drawn and while the pointer hovers. Studies have 1,818 heads (as the synthetic cohort, with images) and 20,000
 * (synthetic rows, no images), or the numbers given with `--heads`. A page of more than `MANY_HEADS` heads is also
 * opened from its server, panned, selected with a lasso and zoomed.
 *
 * The time of a frame includes everything that the main thread does for it: event, listeners, style, layout and
 * painting, from the start of the frame to the first task after it.
 *
 *     deno task bench bench/page/dashboard.ts [--heads 200000,50000]
 */
import { parseArgs } from "node:util";
import type { Browser, CDPSession, Page } from "playwright-core";
import { buildPage } from "../../dashboards/build_page.ts";
import { MANY_HEADS } from "../../dashboards/many_heads.ts";
import { servePage } from "../../dashboards/serve_page.ts";
import { openBrowser } from "../../tests/dashboards/open_browser.ts";
import { sampleStudy, type SampleStudyOptions } from "../../tests/dashboards/sample_study.ts";

interface Case {
  name: string;
  study: SampleStudyOptions;
  /** Target: 95 % of the frames should take less, ms. */
  frameMs: number;
}

const CASES: Case[] = [
  { name: "1,818 heads", study: { heads: 1818, d: 32, sizePx: 128 }, frameMs: 16 },
  { name: "20,000 heads", study: { heads: 20_000, d: 32, pictures: 0 }, frameMs: 33 },
];

/**
 * A study with the given number of heads and 24 latent dimensions. It has images of 50 heads, so that the server has
 * images to send.
 */
function caseOf(heads: number): Case {
  if (!(Number.isInteger(heads) && heads >= 100)) {
    throw new RangeError(`--heads must be whole numbers from 100, separated by commas, got ${heads}`);
  }
  return {
    name: `${new Intl.NumberFormat("en-GB").format(heads)} heads`,
    study: { heads, d: 24, sizePx: 32, pictures: 50, outlines: false },
    frameMs: 50,
  };
}

const { values } = parseArgs({ options: { heads: { type: "string" } } });
const cases = values.heads ? values.heads.split(",").map((text) => caseOf(Number(text))) : CASES;

/** Runs in the page before its own code: adds up the time spent in callbacks of animation frames. */
function countFrames(): void {
  const own = globalThis.requestAnimationFrame.bind(globalThis);
  const spent = { ms: 0 };
  Object.assign(globalThis, { framesSpent: spent, ownFrame: own });
  globalThis.requestAnimationFrame = (callback) =>
    own((at) => {
      const began = performance.now();
      callback(at);
      spent.ms += performance.now() - began;
    });
}

/** Runs in the page: one event on the map, and (for a move) the work of the frame after it in ms. */
async function step({ type, x, y }: { type: string; x: number; y: number }): Promise<number> {
  const { framesSpent, ownFrame } = globalThis as unknown as {
    framesSpent: { ms: number };
    ownFrame: (callback: () => void) => void;
  };
  const surface = document.querySelector<HTMLElement>(".map-surface")!;
  surface.setPointerCapture = () => {};
  const box = surface.getBoundingClientRect();
  framesSpent.ms = 0;
  const began = performance.now();
  surface.dispatchEvent(
    new PointerEvent(type, {
      clientX: box.left + x * box.width,
      clientY: box.top + y * box.height,
      pointerId: 1,
      bubbles: true,
    }),
  );
  const handled = performance.now() - began;
  if (type !== "pointermove") return 0;
  const drawn = await new Promise<number>((done) => ownFrame(() => done(performance.now())));
  const inFrames = framesSpent.ms; // the page's own callbacks have run by now
  const painted = await new Promise<number>((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(0);
  });
  return handled + inFrames + painted - drawn;
}

/** Text such as "median 4.1, 95th 7.9, worst 12.0 ms" (95th percentile), and the 95th percentile. */
function words(work: number[]): { text: string; high: number } {
  const sorted = [...work].sort((a, b) => a - b);
  const at = (p: number) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))];
  return {
    text: `median ${at(0.5).toFixed(1)}, 95th ${at(0.95).toFixed(1)}, worst ${at(1).toFixed(1)} ms`,
    high: at(0.95),
  };
}

/**
 * Time in ms from the start of navigation until the page was loaded and its first frame painted, whichever was later.
 */
async function firstPicture(page: Page): Promise<number> {
  const names = ["caput-ready", "first-contentful-paint"];
  await page.waitForFunction(
    (all) => all.every((name) => performance.getEntriesByName(name).length > 0),
    names,
  );
  return await page.evaluate(
    (all) => Math.max(...all.map((name) => performance.getEntriesByName(name)[0].startTime)),
    names,
  );
}

/** Processor time of the page's thread so far, ms; it does not depend on the machine's load. */
async function threadTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1000 * metrics.find(({ name }) => name === "TaskDuration")!.value;
}

const FRAMES = 150;
const OPENINGS = 7;

function middle(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** A path across the map, up and down, so that the brush has another size in every frame. */
const zigzag = (k: number) => ({ x: 0.1 + (0.8 * k) / FRAMES, y: 0.3 + 0.4 * Math.abs(Math.sin(k)) });
/** A path once around the map, like that of a lasso. */
const round = (k: number) => ({
  x: 0.5 - 0.4 * Math.cos((2 * Math.PI * k) / FRAMES),
  y: 0.5 - 0.4 * Math.sin((2 * Math.PI * k) / FRAMES),
});

/**
 * Time of the frames while the pointer moves over the map, and the processor time of the page's thread in each. Other
 * load on the machine does not lengthen the processor time, but it includes the measurement itself (about 1 ms).
 */
async function frames(
  page: Page,
  press: boolean,
  path: (k: number) => { x: number; y: number } = zigzag,
): Promise<{ text: string; high: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.evaluate(() => document.querySelector(".map-surface")!.scrollIntoView({ block: "center" }));
  if (press) await page.evaluate(step, { type: "pointerdown", x: 0.1, y: 0.1 });
  const work: number[] = [], thread: number[] = [];
  for (let k = 1; k <= FRAMES; k++) {
    const before = await threadTime(session);
    work.push(await page.evaluate(step, { type: "pointermove", ...path(k) }));
    thread.push(await threadTime(session) - before);
  }
  if (press) await page.evaluate(step, { type: "pointerup", x: 0.9, y: 0.9 });
  await session.detach();
  const { text, high } = words(work);
  return { text: `${text}; processor time of the page's thread ${words(thread).text}`, high };
}

/**
 * Opens an address several times. Returns the time until the page was loaded and painted, and the processor time of its
 * thread until then; medians in ms.
 */
async function openings(browser: Browser, address: string): Promise<{ first: number; thread: number }> {
  const opening: number[] = [];
  const thread: number[] = [];
  for (let k = 0; k < OPENINGS; k++) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.goto(address);
    opening.push(await firstPicture(page));
    thread.push(await threadTime(session));
    await page.close();
  }
  return { first: middle(opening), thread: middle(thread) };
}

async function measure(browser: Browser, { name, study, frameMs }: Case, folder: string): Promise<void> {
  const began = performance.now();
  await sampleStudy(folder, study);
  const sampled = performance.now();
  const html = await buildPage(folder);
  const built = performance.now();
  const file = `${folder}/page.html`;
  await Deno.writeTextFile(file, html);
  const many = study.heads! > MANY_HEADS;
  const { first, thread } = await openings(browser, `file://${file}`);
  const served = many ? await servePage({ studyDir: folder, port: 0 }) : null;
  if (served) { // not timed, because a server packs the study only once
    const { origin, hash } = new URL(served.url);
    await (await fetch(`${origin}/api/data`, { headers: { "x-token": hash.slice("#token=".length) } }))
      .bytes();
  }
  const fromServer = served && await openings(browser, served.url);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(countFrames);
  await page.goto(served?.url ?? `file://${file}`);
  await firstPicture(page);
  await page.waitForTimeout(3000); // figures further down the page are drawn when the browser is idle
  const brush = await frames(page, true);
  await page.click("#clear");
  await page.waitForTimeout(1000);
  const hover = await frames(page, false);
  const mark = (good: boolean) => (good ? "" : "   <-- misses the target");
  console.log(`${name}`);
  console.log(
    `  file             ${(html.length / 1e6).toFixed(2)} MB${mark(frameMs > 16 || html.length < 12e6)}`,
  );
  console.log(
    `  built in         ${((built - sampled) / 1000).toFixed(1)} s (sample study made in ${
      ((sampled - began) / 1000).toFixed(1)
    } s)`,
  );
  console.log(
    `  first paint      ${
      first.toFixed(0)
    } ms, median of ${OPENINGS} openings; processor time of the page's thread ${thread.toFixed(0)} ms${
      mark(many || first < 1000)
    }`,
  );
  if (fromServer) {
    console.log(
      `  from its server  ${fromServer.first.toFixed(0)} ms; processor time of the page's thread ${
        fromServer.thread.toFixed(0)
      } ms`,
    );
  }
  console.log(`  brush, per frame ${brush.text}${mark(brush.high < frameMs)}`);
  console.log(`  hover, per frame ${hover.text}${mark(hover.high < frameMs)}`);
  if (many) {
    await page.click("[data-value=pan]");
    const pan = await frames(page, true);
    console.log(`  pan, per frame   ${pan.text}${mark(pan.high < frameMs)}`);
    await page.click("[data-value=lasso]");
    const lasso = await frames(page, true, round);
    console.log(`  lasso, per frame ${lasso.text}${mark(lasso.high < frameMs)}`);
    await page.click("#clear");
    await page.click("[data-value=brush]");
    await page.click("[aria-label^='All: show']");
    const label = async () => (await page.getAttribute(".map-surface", "aria-label"))!;
    for (let k = 0; k < 12 && (await label()).includes("density"); k++) {
      await page.click("[aria-label='Zoom in']");
      await page.waitForTimeout(300);
    }
    const near = await frames(page, true);
    console.log(`  zoomed in        ${(await label()).split(".")[0]}`);
    console.log(`  brush, per frame ${near.text}${mark(near.high < frameMs)}`);
  }
  await page.close();
  await served?.shutdown();
}

const browser = await openBrowser();
if (browser) {
  const folder = await Deno.makeTempDir();
  try {
    for (const [k, one] of cases.entries()) await measure(browser, one, `${folder}/${k}`);
  } finally {
    await browser.close();
    await Deno.remove(folder, { recursive: true });
  }
}
