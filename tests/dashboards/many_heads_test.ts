/**
 * The page of a study with more heads than it draws as points: it shows a density, points after zooming in, and images
 * from the server.
 */
import { assert, assertClose, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import { buildPage } from "../../dashboards/build_page.ts";
import { MANY_HEADS } from "../../dashboards/many_heads.ts";
import { mapGeometry } from "../../dashboards/page/state/map_geometry.ts";
import { readStudy } from "../../dashboards/read_study.ts";
import { type ServedPage, servePage } from "../../dashboards/serve_page.ts";
import { openBrowser } from "./open_browser.ts";
import { sampleStudy } from "./sample_study.ts";
import { watchedPage } from "./watched_page.ts";

const HEADS = 30_000;
const PICTURES = 30; // of heads 0, 1000, 2000 and so on
const folder = await Deno.makeTempDir();
let browser: Browser | null | undefined;
let served: ServedPage | undefined;
let sampled = false;

async function study(): Promise<string> {
  const at = `${folder}/study`;
  if (!sampled) {
    await sampleStudy(at, { heads: HEADS, d: 4, sizePx: 16, pictures: PICTURES, outlines: false });
  }
  sampled = true;
  return at;
}

interface Opened {
  page: Page;
  requests: string[];
}

/** Registers a test on the served page or on the page as a file. Any error or warning of the browser fails it. */
function manyTest(
  name: string,
  run: (opened: Opened) => Promise<void>,
  { file = false, viewport = { width: 1440, height: 1000 } } = {},
) {
  Deno.test({
    name,
    sanitizeResources: false,
    sanitizeOps: false,
    fn: async () => {
      browser ??= await openBrowser();
      if (!browser) return;
      const { within, page, complaints, requests } = await watchedPage(browser, { viewport });
      try {
        if (file) {
          const path = `${folder}/page.html`;
          await Deno.writeTextFile(path, await buildPage(await study()));
          await page.goto(`file://${path}`);
        } else {
          served ??= await servePage({ studyDir: await study(), port: 0 });
          await page.goto(served.url);
        }
        await page.waitForFunction(
          () => performance.getEntriesByName("caput-ready").length === 1,
          null,
          { timeout: 120_000 },
        );
        await page.waitForFunction(() =>
          document.querySelector(".map-surface")!.getAttribute("aria-label")!.includes(". ")
        );
        await run({ page, requests });
        assertEquals(complaints, []);
      } finally {
        await within.close();
      }
    },
  });
}

const label = async (page: Page) => (await page.getAttribute(".map-surface", "aria-label"))!;
const legend = async (page: Page) => (await page.textContent(".legend"))!;
const number = (text: string) => Number(text.replaceAll(",", ""));

/** Waits until the views have drawn a frame and none is still updating for the selection. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForFunction(() => !document.getElementById("main")!.hasAttribute("aria-busy"), null, {
    timeout: 120_000,
  });
}

/** The heads from the study's tables, and their positions on the map shown. */
async function truth(page: Page) {
  const { numbers, texts } = await readStudy(await study());
  const map = await page.evaluate(() =>
    document.querySelector<HTMLElement>("[data-value=umap]")!.getAttribute("aria-pressed") === "true"
      ? "umap"
      : "pca"
  );
  const xs = numbers.get(`${map}_x`)!, ys = numbers.get(`${map}_y`)!;
  const box = await page.evaluate(() => {
    const surface = document.querySelector<HTMLElement>(".map-surface")!;
    return { widthPx: surface.clientWidth, heightPx: surface.clientHeight };
  });
  const geometry = mapGeometry({ xs, ys }, box);
  const places = Array.from(xs, (x, i) => geometry.toScreen(x, ys[i]));
  return {
    grade: numbers.get("grade")!,
    distance: numbers.get("distance")!,
    split: texts.get("split")!,
    box,
    places,
  };
}

manyTest(
  "the map is a density and gives the number of heads, in the legend and for screen readers",
  async ({ page }) => {
    assertStringIncludes(await legend(page), "density of 30,000 heads");
    const { box, places } = await truth(page);
    const cells = new Map<string, number>();
    for (const [x, y] of places) {
      const cell = `${Math.floor(x / 4)} ${Math.floor(y / 4)}`;
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
    const said = /density of 30,000 heads, at most ([\d,]+) in a cell/.exec(await label(page));
    assert(said, await label(page));
    // Positions are 32-bit on the page: a head near the border of two cells may be counted in either.
    assertClose(number(said[1]), Math.max(...cells.values()), { absolute: 3, relative: 0 });
    const colours = await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>(".map-surface .below")!;
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      const seen = new Set<string>();
      let filled = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] === 0) continue;
        seen.add(data.slice(i, i + 3).join());
        filled++;
      }
      return { colours: seen.size, share: filled / (data.length / 4) };
    });
    assert(colours.colours > 5 && colours.colours <= 12, `${colours.colours} steps of the ramp`);
    assertClose(colours.share, (cells.size * 16) / (box.widthPx * box.heightPx), {
      absolute: 0.005,
      relative: 0,
    });
  },
);

manyTest("a brush counts the heads inside it, and the histograms show them", async ({ page }) => {
  const { grade, split, places } = await truth(page);
  await page.evaluate(() => document.querySelector(".map-surface")!.scrollIntoView({ block: "center" }));
  const at = (await page.locator(".map-surface").boundingBox())!;
  const [from, to] = [[0.42, 0.3], [0.9, 0.8]].map(([x, y]) =>
    [Math.round(at.x + x * at.width), Math.round(at.y + y * at.height)] as const
  );
  await page.mouse.move(...from);
  await page.mouse.down();
  for (let k = 1; k <= 6; k++) {
    await page.mouse.move(from[0] + ((to[0] - from[0]) * k) / 6, from[1] + ((to[1] - from[1]) * k) / 6);
  }
  await page.mouse.up();
  await settled(page);
  // The page measures positions from the outer edge of the surface.
  const inside = places.map(([x, y]) => {
    const [px, py] = [x + at.x, y + at.y];
    return px >= from[0] && px <= to[0] && py >= from[1] && py <= to[1];
  });
  const n = inside.filter(Boolean).length;
  assert(n > 1000 && n < HEADS - 1000, `${n} heads under the brush`);
  const chosen = number((await page.textContent("#selected-count"))!);
  assertClose(chosen, n, { absolute: 3, relative: 0 });
  assertStringIncludes(
    (await page.textContent("#table-count"))!,
    `${chosen.toLocaleString("en-GB")} heads; rows 1 to 50`,
  );
  const filled = await page.evaluate(() => {
    const scale = (document.querySelector(".histogram svg") as unknown as {
      scale(name: string): { range: number[]; domain: number[] };
    }).scale("y");
    const unit = (scale.range[0] - scale.range[1]) / (scale.domain[1] - scale.domain[0]);
    return [...document.querySelectorAll(".histogram .selected")].map((panel) =>
      [...panel.querySelectorAll("rect")].reduce((sum, rect) => sum + rect.height.baseVal.value / unit, 0)
    );
  });
  const panels = [
    ...["train", "validation", "held-out"].map((part) => (i: number) => grade[i] === 0 && split[i] === part),
    ...[1, 2, 3, 4].map((g) => (i: number) => grade[i] === g),
  ];
  assertEquals(filled.length, panels.length);
  panels.forEach((holds, k) => {
    const all = Array.from(grade.keys()).filter(holds);
    const expected = all.filter((i) => inside[i]).length;
    assertClose(filled[k] * all.length, expected, { absolute: 3, relative: 0 });
    assert(expected > 0 && expected < all.length, `panel ${k}: ${expected} of ${all.length}`);
  });
  await page.click("#clear");
  await settled(page);
  assertStringIncludes((await page.textContent("#table-count"))!, "30,000 heads; rows 1 to 50");
});

manyTest(
  "zooming in turns the heads in view into points, zooming out turns them into a density again",
  async ({ page }) => {
    await page.focus(".map-surface");
    let presses = 0;
    while ((await label(page)).includes("density") && presses < 12) {
      await page.keyboard.press("+");
      presses++;
      await page.evaluate(() =>
        new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      );
    }
    assert(presses > 0 && presses < 12, `${presses} presses`);
    const { box, places } = await truth(page);
    const k = 1.5 ** presses, [cx, cy] = [box.widthPx / 2, box.heightPx / 2];
    const inView = places.filter(([x, y]) => {
      const [px, py] = [cx + (x - cx) * k, cy + (y - cy) * k];
      return px >= 0 && px < box.widthPx && py >= 0 && py < box.heightPx;
    }).length;
    const said = /([\d,]+) heads in view as points/.exec(await label(page));
    assert(said, await label(page));
    assertClose(number(said[1]), inView, { absolute: 3, relative: 0 });
    assert(inView <= MANY_HEADS);
    assertStringIncludes((await page.textContent("#live"))!, "heads in view as points");
    assertMatch(await legend(page), /of 30,000 heads in view, as points/);
    await page.click("button[aria-label^='All: show']");
    await page.waitForFunction(() =>
      document.querySelector(".map-surface")!.getAttribute("aria-label")!.includes("density of 30,000")
    );
  },
);

manyTest(
  "an image is loaded from the server when it is shown, no image is loaded twice, and few others are loaded",
  async ({ page, requests }) => {
    const { headId } = await readStudy(await study());
    await page.fill("#table input[type=search]", headId[0]); // a head that has images
    await page.click("#table tbody button");
    await page.waitForFunction(() => {
      const image = document.querySelector<HTMLImageElement>("#card .triptych img");
      return image?.src.startsWith("blob:") && image.naturalWidth === 16;
    });
    const asked = requests.filter((url) => url.includes("/api/head/")).map((url) => new URL(url).pathname);
    assert(asked.includes("/api/head/crops/0") && asked.includes("/api/head/residuals/0"), asked.join(" "));
    assert(asked.length < 40, `${asked.length} images were requested`);
    assertEquals(new Set(asked).size, asked.length, "no image may be requested twice");
  },
);

manyTest(
  "in a density the arrow keys skip heads within two cells, and a screen reader gets the text of the head",
  async ({ page }) => {
    const { places, box } = await truth(page);
    const { headId } = await readStudy(await study());
    const shown = async () => {
      const ring = page.locator(".map-surface .ring");
      return await Promise.all(["cx", "cy"].map(async (name) => Number(await ring.getAttribute(name))));
    };
    await page.focus(".map-surface");
    await page.keyboard.press("ArrowRight");
    const first = await shown();
    const middle = [box.widthPx / 2, box.heightPx / 2];
    const nearest = places.reduce(
      (best, [x, y]) => Math.min(best, Math.hypot(x - middle[0], y - middle[1])),
      Infinity,
    );
    assertClose(Math.hypot(first[0] - middle[0], first[1] - middle[1]), nearest, {
      absolute: 0.01,
      relative: 0,
    });
    await page.keyboard.press("ArrowRight");
    const second = await shown();
    assert(second[0] - first[0] >= 8, `${second[0] - first[0]} px to the right: at least two cells`);
    const spoken = (await page.textContent("#live"))!;
    assertStringIncludes(spoken, "distance");
    await page.keyboard.press("Space");
    await settled(page);
    assertEquals(await page.textContent("#selected-count"), "1");
    const title = (await page.textContent("#card h2"))!.replace("Head ", "").replace("\u2026", "");
    assertEquals(headId.filter((id) => id.startsWith(title)).length, 1);
    await page.keyboard.press("Enter");
    assertEquals(await page.evaluate(() => document.activeElement!.id), "card");
  },
);

Deno.test({
  name: "a request for an image needs the token, an existing head and one of the four kinds",
  sanitizeResources: false,
  sanitizeOps: false,
  fn: async () => {
    served ??= await servePage({ studyDir: await study(), port: 0 });
    const { origin, hash } = new URL(served.url);
    const headers = { "x-token": hash.slice("#token=".length) };
    const status = async (path: string, sent: Record<string, string> = headers) => {
      const answer = await fetch(`${origin}/api/head/${path}`, { headers: sent });
      const type = answer.headers.get("content-type");
      const policy = answer.headers.get("content-security-policy") ?? "";
      assertStringIncludes(policy, "default-src 'none'");
      assertEquals(answer.headers.get("cache-control"), "no-store");
      await answer.body?.cancel();
      return `${answer.status} ${type?.split(";")[0]}`;
    };
    assertEquals(await status("crops/1000"), "200 image/png");
    assertEquals(await status("crops/1000", {}), "401 text/plain");
    assertEquals(await status("crops/1000", { "x-token": "x" }), "401 text/plain");
    assertEquals(
      await status("crops/1000", { ...headers, origin: "http://elsewhere.example" }),
      "403 text/plain",
    );
    for (const path of ["crops/1", "crops/30000", "crops/-1", "films/0", "crops/0/../1", "crops/0x1"]) {
      assertEquals(await status(path), "404 text/plain", path);
    }
    const data = await (await fetch(`${origin}/api/data`, { headers })).json();
    const bits = Uint8Array.fromBase64(data.pictures.onDemand.crops);
    const having = Array.from({ length: HEADS }, (_, i) => i).filter((i) => (bits[i >> 3] >> (i & 7)) & 1);
    assertEquals(having, Array.from({ length: PICTURES }, (_, k) => 1000 * k));
    assertEquals([data.pictures.crops.spans, data.pictures.leftOut], [[], 0]);
  },
});

manyTest(
  "a page file of many heads contains no images of heads, and its text says how to see the images",
  async ({ page, requests }) => {
    await page.focus(".map-surface");
    await page.keyboard.press("ArrowRight");
    assertStringIncludes(
      (await page.textContent("#card"))!,
      "A page file of more than 20,000 heads contains no images of heads",
    );
    assertStringIncludes((await page.textContent("#card"))!, "caput dashboard STUDY --serve");
    assertStringIncludes((await page.textContent("#methods"))!, "30,000 heads have no images in this file");
    assertEquals(requests.filter((url) => url.startsWith("http")), []);
  },
  { file: true },
);

manyTest(
  "the density is exported for a paper as cells, with both ends of its colour scale",
  async ({ page }) => {
    await page.locator("#figure-latent-map .menu").scrollIntoViewIfNeeded();
    await page.click("#figure-latent-map .menu > summary");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click("#figure-latent-map .menu button[data-format=svg]"),
    ]);
    const svg = await Deno.readTextFile((await download.path())!);
    assertStringIncludes(svg, "density of 30,000 heads");
    assertStringIncludes(svg, "1 head per cell");
    assertStringIncludes(svg, "(log)");
    const cells = svg.match(/<rect /g)!.length;
    assert(cells > 500 && cells < 12_000, `${cells} rectangles`);
  },
);

for (const colorScheme of ["light", "dark"] as const) {
  manyTest(`axe finds nothing on a density, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(300);
    await page.evaluate(
      await Deno.readTextFile(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url)),
    );
    const found = await page.evaluate("axe.run('.map')") as {
      violations: { id: string; nodes: { html: string }[] }[];
    };
    assertEquals(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  });
}

manyTest(
  "another measure changes the page at once; a comparison that would take minutes is not started",
  async ({ page }) => {
    await page.click("[data-value=residual]");
    await page.waitForFunction(() =>
      document.querySelector("h1")!.textContent === "The grades could not be compared."
    );
    assertStringIncludes(
      (await page.textContent(".masthead"))!,
      "With more than 20,000 heads the page does not compute them",
    );
    assertStringIncludes(
      (await page.textContent("#figure-pairs .matrix"))!,
      "There are no comparisons for this measure and covariance.",
    );
    assertStringIncludes((await page.textContent("#distances"))!, "It cannot be changed here");
    assertStringIncludes((await page.textContent("#figure-distance-by-grade .summary"))!, "Median residual");
    const { headId, numbers } = await readStudy(await study());
    await page.fill("#table input[type=search]", headId[7]);
    await page.click("#table tbody button");
    assertEquals(await page.textContent("#card .distance"), numbers.get("residual")![7].toFixed(2));
  },
);

manyTest("on a phone nothing scrolls sideways and the density is shown", async ({ page }) => {
  assertStringIncludes(await legend(page), "density of 30,000 heads");
  assertEquals(await page.evaluate(() => document.documentElement.scrollWidth), 390);
}, { viewport: { width: 390, height: 844 } });

Deno.test({
  name: "browser and server of the tests with many heads are closed",
  sanitizeResources: false,
  sanitizeOps: false,
  fn: async () => {
    await browser?.close();
    await served?.shutdown();
    await Deno.remove(folder, { recursive: true });
  },
});
