import { Buffer } from "node:buffer";
import { zipSync } from "fflate";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import type { LiveScore } from "../../dashboards/live_score.ts";
import { type Scorer, servePage } from "../../dashboards/serve_page.ts";
import { liveScorer, loadModels } from "../../src/mod.ts";
import { openBrowser } from "./open_browser.ts";
import { sampleStudy } from "./sample_study.ts";

const FILM = new URL("../../../shared/data/hip/RG2_hip.dcm", import.meta.url);
const AXE = new URL("../../node_modules/axe-core/axe.min.js", import.meta.url);
const D = 4;

/** Simulates a scorer: two hips for a DICOM file, an error for anything else. */
const stub: Scorer = (bytes, name) => {
  const dicom = new TextDecoder().decode(bytes.subarray(128, 132)) === "DICM";
  if (!dicom) {
    return Promise.reject(
      Object.assign(new Error(`${name} is not a radiograph`), {
        code: "format",
        fix: "Give a DICOM, PNG, TIFF or JPEG file.",
      }),
    );
  }
  const head = (side: string, x: number) => ({
    side,
    centerPx: [x, 50] as const,
    radiusPx: 20,
    distance: 3.25,
    percentile: 88,
    percentileInterval: [80, 94] as const,
    nearestGrades: [{ grade: 2, share: 0.7 }],
    outOfDomain: false,
    quality: [],
    latent: new Array(D).fill(x / 100),
  });
  const score: LiveScore = { file: name, heads: [head("right", 40), head("left", 120)], quality: [] };
  return Promise.resolve(score);
};

async function servedPage(scorer: Scorer | undefined, run: (page: Page) => Promise<void>): Promise<void> {
  const browser: Browser | null = await openBrowser();
  if (!browser) return;
  const folder = await Deno.makeTempDir();
  await sampleStudy(folder, { heads: 60, d: D, pictures: 6, sizePx: 16 });
  const served = await servePage({ studyDir: folder, port: 0, scorer });
  const page = await (await browser.newContext({ viewport: { width: 1200, height: 900 } })).newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on(
    "console",
    (message) =>
      message.type() === "error" && !/status of 4|status of 5/.test(message.text()) &&
      complaints.push(message.text()),
  );
  page.on("request", (request) => requests.push(request.url()));
  try {
    await page.goto(served.url);
    await page.waitForSelector("#score");
    assert(!page.url().includes("token"), "the token must not be in the address");
    await run(page);
    assertEquals(complaints, []);
    const elsewhere = requests.filter((url) =>
      !url.startsWith(`http://127.0.0.1:${served.port}/`) && !url.startsWith("data:")
    );
    assertEquals(elsewhere, []);
  } finally {
    await browser.close();
    await served.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

/** A small file that the simulated scorer accepts as DICOM. */
function smallDicom(): Uint8Array {
  const bytes = new Uint8Array(160);
  bytes.set(new TextEncoder().encode("DICM"), 128);
  return bytes;
}

Deno.test({
  name:
    "a dropped radiograph gives a card for each hip and its position on the map; other files give an error message",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    servedPage(stub, async (page) => {
      const buffer = await Deno.readFile(FILM).catch(
        () => (console.warn("the real film is missing, so a DICOM header without pixels is sent"),
          smallDicom()),
      );
      const give = (name: string, bytes: Uint8Array) =>
        page.setInputFiles("#film", { name, mimeType: "application/dicom", buffer: Buffer.from(bytes) });
      await give("RG2_hip.dcm", buffer);
      await page.waitForSelector(".live-head");
      assertEquals(await page.locator(".live-head h3").allTextContents(), ["Right hip", "Left hip"]);
      assertStringIncludes(
        (await page.textContent(".live"))!,
        "Percentile 88 [80, 94] among healthy heads",
      );
      assertEquals(await page.locator(".live-head").first().locator(".bars li").allTextContents(), [
        "grade 270 %",
      ]);
      assertStringIncludes((await page.textContent(".live"))!, "not a medical device");
      assertEquals(await page.locator(".live-cross").count(), 2);
      await give("notes<img src=x>.txt", new TextEncoder().encode("no film"));
      await page.waitForSelector(".live .warn");
      assertStringIncludes((await page.textContent(".live"))!, "notes<img src=x>.txt is not a radiograph");
      assertStringIncludes((await page.textContent(".live"))!, "Give a DICOM");
      assertEquals(await page.locator(".live-cross").count(), 0);
      await page.reload();
      await page.waitForSelector("#score");
    }),
});

Deno.test({
  name:
    "films dropped anywhere on the page, alone or in a ZIP, are scored; the copied link opens the page in another browser",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    servedPage(stub, async (page) => {
      const dropAt = async (selector: string, files: [string, Uint8Array][]) => {
        const transfer = await page.evaluateHandle((given) => {
          const data = new DataTransfer();
          for (const [name, base64] of given) {
            data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
          }
          return data;
        }, files.map(([name, bytes]) => [name, bytes.toBase64()] as const));
        await page.dispatchEvent(selector, "drop", { dataTransfer: transfer });
      };
      const archive = zipSync({ "inner/c.dcm": smallDicom(), ".hidden": smallDicom() });
      await dropAt("h1", [["a.dcm", smallDicom()], ["b.txt", new Uint8Array(9)], ["more.zip", archive]]);
      await page.waitForFunction(() => document.querySelectorAll(".live-film").length === 3);
      assertEquals(await page.locator(".film-name").allTextContents(), [
        "Film 1: a.dcm",
        "Film 2: b.txt",
        "Film 3: more.zip/inner/c.dcm",
      ]);
      assertEquals(await page.locator(".live-head").count(), 4);
      await page.waitForFunction(() => document.querySelectorAll(".histogram .head-mark").length === 4);
      assertStringIncludes((await page.textContent(".histogram"))!, "film 1 right: 3.25");
      await dropAt("h1", [["broken.zip", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)]]);
      await page.waitForSelector(".live > .warn");
      assertStringIncludes((await page.textContent(".live > .warn"))!, "Cannot unpack broken.zip");
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.click("button:text-is('Copy link')");
      const link = await page.evaluate(() => navigator.clipboard.readText());
      assertStringIncludes(link, "#token=");
      const other = await (await page.context().browser()!.newContext()).newPage(); // the browser stores nothing for this address
      await other.goto(link);
      await other.waitForSelector("#score");
      assert(!other.url().includes("token"), "the key must be removed from the address");
      await other.context().close();
      const again = await page.context().newPage(); // a second tab of the same browser finds the key
      await again.goto(page.url());
      await again.waitForSelector("#score");
      await again.close();
    }),
});

Deno.test({
  name: "the models in the repository score a dropped real film, and the page shows the results",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const film = await Deno.readFile(FILM).catch(() => null);
    if (!film) return console.warn("skipped: the real film is missing");
    const scorer = liveScorer(await loadModels(undefined, { device: "cpu" })) as Scorer;
    const own = await scorer(film, "RG2_hip.dcm") as LiveScore;
    const dropped = async (page: Page, name: string, bytes: Uint8Array) => {
      const transfer = await page.evaluateHandle(([title, base64]) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], title));
        return data;
      }, [name, new Uint8Array(bytes).toBase64()] as const);
      await page.dispatchEvent(".drop", "drop", { dataTransfer: transfer });
    };
    await servedPage(scorer, async (page) => {
      await dropped(page, "RG2_hip.dcm", film);
      await page.waitForSelector(".live-head");
      assertEquals(
        await page.locator(".live-head .distance").allTextContents(),
        own.heads.map((head) => head.distance.toFixed(2)),
      );
      assertEquals(await page.locator(".film-overlay .outline").count(), own.heads.length);
      const box = async (part: string) => await page.locator(`.film-overlay ${part}`).boundingBox();
      const [picture, outlines] = [await box("img"), await box("svg")];
      assertEquals(outlines, picture, "the outlines must be on the film");
      assert(
        picture!.width <= 460,
        `the film must leave room for its scores, but is ${picture!.width} px wide`,
      );
      await page.evaluate(await Deno.readTextFile(AXE));
      const { violations } = await page.evaluate("axe.run('#score')") as {
        violations: { id: string; nodes: { html: string }[] }[];
      };
      assertEquals(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
      await page.waitForFunction(() =>
        [...document.querySelectorAll<HTMLImageElement>(".live img")].every((image) => image.naturalWidth > 0)
      );
      await dropped(page, "page.dcm", new TextEncoder().encode("<html><script>alert(1)</script></html>"));
      await page.waitForSelector(".live .warn");
      assertStringIncludes((await page.textContent(".live"))!, "page.dcm: Cannot read the file");
      assertEquals(await page.locator(".live-head").count(), 0);
    });
  },
});

Deno.test({
  name: "a server without models explains how to provide them",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    servedPage(undefined, async (page) => {
      await page.setInputFiles("#film", {
        name: "a.dcm",
        mimeType: "application/dicom",
        buffer: Buffer.from(smallDicom()),
      });
      await page.waitForSelector(".live .warn");
      assertStringIncludes((await page.textContent(".live"))!, "--models");
    }),
});
