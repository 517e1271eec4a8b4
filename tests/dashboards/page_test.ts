import { assert, assertClose, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "csv-parse/sync";
import { decode } from "fast-png";
import { unzlibSync } from "fflate";
import { parquetReadObjects } from "hyparquet";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { buildPage } from "../../dashboards/build_page.ts";
import { openBrowser } from "./open_browser.ts";
import { sampleStudy, type SampleStudyOptions } from "./sample_study.ts";
import { watchedPage } from "./watched_page.ts";

/** A page opened from disk, with all its errors and network requests. */
interface Opened {
  page: Page;
  address: string;
  complaints: string[];
  requests: string[];
}

let browser: Browser | null | undefined;
const folder = await Deno.makeTempDir();
const files = new Map<string, string>();

async function fileOf(name: string, options: SampleStudyOptions): Promise<string> {
  const known = files.get(name);
  if (known) return known;
  await sampleStudy(`${folder}/${name}`, options);
  const path = `${folder}/${name}.html`;
  await Deno.writeTextFile(path, await buildPage(`${folder}/${name}`));
  files.set(name, path);
  return path;
}

interface PageTest {
  hash?: string;
  context?: BrowserContextOptions;
  study?: [string, SampleStudyOptions];
}

const HOSTILE = `<img src=x onerror="alert(1)"></script><script>alert(2)</script>=cmd|'`;
const HOSTILE_STUDY: [string, SampleStudyOptions] = ["hostile", {
  heads: 60,
  d: 3,
  sizePx: 16,
  pictures: 12,
  hostile: HOSTILE,
}];
const PLAIN: [string, SampleStudyOptions] = ["plain", { heads: 240, d: 6, sizePx: 32, pictures: 80 }];

function pageTest(
  name: string,
  run: (opened: Opened) => Promise<void>,
  { hash = "", context, study = PLAIN }: PageTest = {},
) {
  Deno.test({
    name,
    sanitizeResources: false,
    sanitizeOps: false,
    fn: async () => {
      browser ??= await openBrowser();
      if (!browser) return;
      const { within, page, complaints, requests } = await watchedPage(browser, context);
      const address = `file://${await fileOf(...study)}`;
      try {
        await page.goto(address + hash);
        await page.waitForSelector(".map-surface canvas");
        await page.waitForFunction(() => performance.getEntriesByName("caput-ready").length === 1);
        await run({ page, address, complaints, requests });
        assertEquals(complaints, []);
        assertEquals(
          requests.filter((url) =>
            !url.startsWith("file:") && !url.startsWith("data:") && !url.startsWith("blob:")
          ),
          [],
        );
      } finally {
        await within.close();
      }
    },
  });
}

const selected = async (page: Page) =>
  Number((await page.textContent("#selected-count"))!.replaceAll(",", ""));
/** Waits until the views have drawn a frame and none is still updating for the selection. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForFunction(() => !document.getElementById("main")!.hasAttribute("aria-busy"));
}
const tableCount = async (page: Page) =>
  Number((await page.textContent("#table-count"))!.replaceAll(",", "").split(" ")[0]);

/** Drags through positions given as fractions of the element's box. */
async function drag(page: Page, selector: string, places: [number, number][]): Promise<void> {
  const box = (await page.locator(selector).boundingBox())!;
  const at = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(places[0]));
  await page.mouse.down();
  for (const place of places.slice(1)) await page.mouse.move(...at(place), { steps: 4 });
  await page.mouse.up();
  await settled(page);
}

/** The file that an entry of a Save menu saves: of a figure by its id, or of the selected heads. */
async function fromMenu(page: Page, of: string, format: string): Promise<Uint8Array<ArrayBuffer>> {
  const menu = of === "heads" ? ".selection-bar .menu" : `#figure-${of} .menu`;
  await page.locator(menu).scrollIntoViewIfNeeded();
  await settled(page);
  await page.click(`${menu} > summary`);
  return await saved(page, `${menu} button[data-format=${format}]`);
}

/** The file that a click on a button saves. */
async function saved(page: Page, selector: string): Promise<Uint8Array<ArrayBuffer>> {
  // Figures are drawn when they become visible and move the content below them.
  await page.locator(selector).scrollIntoViewIfNeeded();
  await settled(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
  return await Deno.readFile(await download.path()) as Uint8Array<ArrayBuffer>;
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

pageTest(
  "a brush on the map selects the same heads in the histogram, the table and saved files",
  async ({ page }) => {
    await drag(page, ".map-surface", [[0.05, 0.05], [0.5, 0.95]]);
    const n = await selected(page);
    assert(n > 10 && n < 230, `brushed ${n}`);
    assertEquals(await tableCount(page), n);
    assertStringIncludes((await page.textContent("#selection-words"))!, "exploratory");
    const rows = parse(text(await fromMenu(page, "heads", "csv")), {
      columns: true,
    }) as Record<string, string>[];
    assertEquals(rows.length, n);
    const objects = JSON.parse(
      text(await fromMenu(page, "heads", "json")),
    ) as Record<string, unknown>[];
    const parquet = await parquetReadObjects({
      file: (await fromMenu(page, "heads", "parquet")).buffer,
    }) as Record<string, unknown>[];
    assertEquals(objects.map((row) => row.head_id), rows.map((row) => row.head_id));
    assertEquals(parquet.map((row) => row.head_id), rows.map((row) => row.head_id));
    assertClose(parquet.map((row) => row.distance as number), rows.map((row) => Number(row.distance)), {
      relative: 0,
    });
    const filled = await page.evaluate(() => {
      const scale = (document.querySelector(".histogram svg") as unknown as {
        scale(name: string): { range: number[]; domain: number[] };
      }).scale("y");
      const unit = (scale.range[0] - scale.range[1]) / (scale.domain[1] - scale.domain[0]);
      return [...document.querySelectorAll<SVGRectElement>(".histogram .selected rect")].map((rect) =>
        rect.height.baseVal.value / unit
      );
    });
    const perPanel = filled.length / 7;
    const shareOf = (panel: number) =>
      filled.slice(panel * perPanel, (panel + 1) * perPanel).reduce((a, b) => a + b, 0);
    const grade4 = rows.filter((row) => row.grade === "4").length;
    const all4 = await page.evaluate(() =>
      JSON.parse(document.getElementById("data")!.textContent!).study.cohort.gradeCounts[4] as number
    );
    assertClose(shareOf(6), grade4 / all4, { relative: 1e-6, absolute: 1e-6 });
    await page.click("#clear");
    await settled(page);
    assertEquals(await tableCount(page), 240);
  },
);

pageTest("the lasso has a button and selects fewer heads than the brush around it", async ({ page }) => {
  await page.click("button:text-is('Lasso')");
  await drag(page, ".map-surface", [[0.5, 0.02], [0.98, 0.5], [0.5, 0.98], [0.02, 0.5]]);
  const diamond = await selected(page);
  await page.click("button:text-is('Brush')");
  await drag(page, ".map-surface", [[0.02, 0.02], [0.98, 0.98]]);
  const box = await selected(page);
  assert(diamond > 5 && diamond < box, `${diamond} in the lasso, ${box} in the box around it`);
});

pageTest(
  "a range of distances, a grade of the legend and a pair of the matrix also select heads",
  async ({ page }) => {
    await drag(page, ".histogram", [[0.35, 0.5], [0.6, 0.5]]);
    const range = (await page.textContent("#selection-words"))!.match(/distance (\d+\.\d+) to (\d+\.\d+)/)!;
    const rows = parse(text(await fromMenu(page, "heads", "csv")), {
      columns: true,
    }) as Record<string, string>[];
    assert(
      rows.length > 0 && rows.length < 240 &&
        rows.every((row) =>
          Number(row.distance) >= Number(range[1]) - 0.005 && Number(row.distance) <= Number(range[2]) + 0.005
        ),
      `${rows.length} heads for ${range[0]}: ${rows.map((row) => row.distance)}`,
    );
    const drawn = await selected(page);
    await page.fill("[aria-label='Select values from']", range[1]);
    await page.fill("[aria-label='Select values to']", String(Number(range[2]) + 0.01));
    await page.press("[aria-label='Select values to']", "Tab");
    await page.keyboard.press("Enter");
    await settled(page);
    assert(Math.abs(await selected(page) - drawn) <= 2, "the fields select what the drag selects");
    await page.click("#clear");
    await settled(page);
    await page.fill("#table input[type=search]", "grade 3");
    await page.click("#table button:text-is('Select these')");
    await settled(page);
    const filtered = await selected(page);
    await page.fill("#table input[type=search]", "");
    await page.click(".legend button:has-text('grade 3')");
    await settled(page);
    const three = await selected(page);
    assertEquals(filtered, three, "the table selects the rows its filter leaves");
    await page.click("button:text-is('Invert')");
    await settled(page);
    assertEquals(await selected(page), 240 - three);
    await page.locator(".matrix svg").scrollIntoViewIfNeeded();
    const cell = (await page.locator(".matrix svg").boundingBox())!;
    await page.mouse.click(cell.x + cell.width * 0.95, cell.y + cell.height * 0.2);
    await settled(page);
    assertStringIncludes((await page.textContent("#selection-words"))!, "grades 4 and 0");
    assertStringIncludes((await page.textContent(".pair-words"))!, "Grade 0");
  },
);

pageTest(
  "the keyboard reaches the map, moves between heads, selects and opens the card, and a screen reader gets the text",
  async ({ page }) => {
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement?.classList.contains("map-surface"))) break;
    }
    assert(
      await page.evaluate(() => document.activeElement!.classList.contains("map-surface")),
      "Tab reaches the map",
    );
    await page.keyboard.press("ArrowRight");
    const first = await page.textContent("#live");
    assertStringIncludes(first!, "distance");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Space");
    await settled(page);
    assertEquals(await selected(page), 1);
    await page.keyboard.press("s");
    await settled(page);
    assert(await selected(page) > 1);
    await page.keyboard.press("Escape");
    await settled(page);
    assertEquals(await page.locator("#selected-count").count(), 0);
    await page.keyboard.press("Enter");
    assertEquals(await page.evaluate(() => document.activeElement!.id), "card");
    assertStringIncludes((await page.textContent("#card"))!, "Mahalanobis distance");
  },
);

pageTest("hovering shows the crop, and a click fills the card", async ({ page }) => {
  await page.locator(".map-surface").hover();
  const box = (await page.locator(".map-surface").boundingBox())!;
  let shown = false;
  for (let k = 0; k < 40 && !shown; k++) {
    await page.mouse.move(box.x + box.width * (0.2 + 0.015 * k), box.y + box.height * 0.5);
    await page.waitForTimeout(30);
    shown = await page.locator(".hover-card img:visible").count() === 1;
    if (shown) await page.mouse.click(box.x + box.width * (0.2 + 0.015 * k), box.y + box.height * 0.5);
  }
  assert(shown, "no head was found along the middle of the map");
  assert(
    await page.evaluate(() => document.querySelector<HTMLImageElement>(".hover-card img")!.naturalWidth > 0),
  );
  const card = (await page.textContent("#card"))!;
  for (
    const words of [
      "crop",
      "reconstruction",
      "residual",
      "healthy example",
      "Why it is far",
      "The other hip",
      "Nearest in the latent space",
    ]
  ) {
    assertStringIncludes(card, words);
  }
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement>("#card img")].every((image) => image.naturalWidth > 0)
  );
});

pageTest("a copied link restores view, selection and head when it is opened", async ({ page, address }) => {
  await page.click("button:text-is('PCA')");
  await page.click("button[aria-label='Zoom in']");
  await page.check("label:has-text('log axis') input");
  await page.click(".legend button:has-text('grade 2')");
  await page.focus(".map-surface");
  await page.keyboard.press("ArrowRight");
  await settled(page);
  await page.waitForFunction(() => location.hash.includes("head=") && location.hash.includes("sel="));
  const hash = await page.evaluate(() => location.hash);
  const [n, head] = [await selected(page), await page.textContent("#card h2")];
  const ellipse = () => page.locator(".ellipse").first().getAttribute("d");
  const [zoom, drawn] = [new URLSearchParams(hash.slice(1)).get("zoom")!, await ellipse()];
  assert(zoom.startsWith("1.5"), zoom);
  await page.goto("about:blank");
  await page.goto(address + hash);
  await page.waitForSelector("#selected-count");
  assertEquals(await selected(page), n);
  assertEquals(await page.textContent("#card h2"), head);
  assertEquals(await page.getAttribute("button:text-is('PCA')", "aria-pressed"), "true");
  assert(await page.isChecked("label:has-text('log axis') input"));
  await settled(page);
  assertEquals(await ellipse(), drawn);
});

pageTest("a link to other data says so and selects nothing", async ({ page }) => {
  assertStringIncludes((await page.textContent(".complaint"))!, "made for other data");
  assertEquals(await page.locator("#selected-count").count(), 0);
  assertEquals(await page.getAttribute("button:text-is('PCA')", "aria-pressed"), "true");
}, { hash: "#v=1&map=pca&sel=AAAA&data=00000000" });

const CHARTS = [
  "latent-map",
  "distance-by-grade",
  "ecdf",
  "qq",
  "pairs",
  "estimation",
  "raincloud",
  "roc",
  "staging",
  "film-distance",
  "progression",
  "hips",
];

/** Output of one of poppler's programs for a PDF, or null (with a message) if it is not installed. */
async function poppler(program: string, pdf: Uint8Array, args: string[] = []): Promise<string | null> {
  const path = `${folder}/saved.pdf`;
  await Deno.writeFile(path, pdf);
  try {
    const { code, stdout, stderr } = await new Deno.Command(program, {
      args: [...args, path, ...(program === "pdftotext" ? ["-"] : [])],
    })
      .output();
    assertEquals([code, text(stderr)], [0, ""], `${program} complains`);
    return text(stdout);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.warn(`skipped: ${program} (poppler-utils) is not installed`);
    return null;
  }
}

/** The operators of a PDF's page. Also checks that the cross-reference table is correct. */
function drawingOf(pdf: Uint8Array): string {
  const latin = new TextDecoder("latin1").decode(pdf);
  assert(latin.startsWith("%PDF-1.4") && latin.trimEnd().endsWith("%%EOF"));
  const start = Number(latin.match(/startxref\n(\d+)/)![1]);
  assertEquals(latin.slice(start, start + 4), "xref");
  [...latin.slice(start).matchAll(/^(\d{10}) 00000 n /gm)].forEach(([, offset], k) =>
    assert(latin.startsWith(`${k + 1} 0 obj`, Number(offset)), `object ${k + 1} is elsewhere`)
  );
  const [head, length] = latin.match(/4 0 obj\n<< \/Filter \/FlateDecode \/Length (\d+) >>\nstream\n/)!;
  const at = latin.indexOf(head) + head.length;
  return text(unzlibSync(pdf.subarray(at, at + Number(length))));
}

pageTest(
  "every chart can be saved as SVG and vector PDF, one chart also as PNG, and the files can be read",
  async ({ page }) => {
    assertEquals(
      await page.locator("figure.chart").evaluateAll((all) =>
        all.map((one) => one.id.slice("figure-".length))
      ),
      CHARTS,
    );
    for (const id of CHARTS) {
      const svg = text(await fromMenu(page, id, "svg"));
      assert(!svg.includes("\u26a0"), `${id} shows a warning of Plot`);
      const [width, height] = await page.evaluate((source) => {
        const { documentElement: root } = new DOMParser().parseFromString(source, "image/svg+xml");
        return root.localName === "svg"
          ? ["width", "height"].map((name) => Number(root.getAttribute(name)))
          : [];
      }, svg);
      assert(width > 200 && height > 100, `${id}: ${width} x ${height}`);
      const pdf = await fromMenu(page, id, "pdf");
      const drawing = drawingOf(pdf);
      assert(!/NaN|undefined|Infinity/.test(drawing), `${id} contains NaN, undefined or Infinity`);
      assertStringIncludes(drawing, "Tj ET");
    }
    const png = decode(await fromMenu(page, "pairs", "png"));
    assertEquals(png.width, Math.round(321 * 300 / 96));
    assert(new Set(png.data).size > 20, "the PNG is not blank");
  },
);

pageTest("a PDF contains its fonts and images, and its text can be searched", async ({ page }) => {
  const pdf = await fromMenu(page, "progression", "pdf");
  const fonts = await poppler("pdffonts", pdf);
  if (fonts === null) return;
  const rows = fonts.trim().split("\n").slice(2);
  assertEquals(rows.length, 2);
  for (const row of rows) assert(/DejaVuSansCondensed.* CID TrueType .* yes yes yes/.test(row), row);
  const words = (await poppler("pdftotext", pdf, ["-layout"]))!;
  assertStringIncludes(words, "grade 0.0");
  assertStringIncludes(words, "percentile");
  const pictures = (await poppler("pdfimages", pdf, ["-list"]))!.trim().split("\n").slice(2);
  assertEquals(pictures.length, await page.locator("#figure-progression svg image").count());
  assert(pictures.every((row) => /image +32 +32 +gray +1 +8 +jpeg/.test(row)), pictures.join("\n"));
  const pairs = (await poppler("pdftotext", await fromMenu(page, "pairs", "pdf")))!;
  const shown = await page.locator("#figure-pairs svg g[aria-label=text] text").allTextContents();
  for (const label of shown) assertStringIncludes(pairs, label.trim(), "minus signs and all");
});

pageTest(
  "every chart has a summary in words and its numbers as a table; the three file formats of one table have the same values",
  async ({ page }) => {
    for (const id of CHARTS) {
      const figure = page.locator(`#figure-${id}`);
      assert((await figure.locator(".summary").textContent())!.length > 20, `${id} has no summary`);
      await figure.locator("details.twin summary").click();
      await figure.locator("details.twin tbody tr").nth(1).waitFor(); // filled when it is opened
      assertEquals(await figure.locator("details.twin caption").count(), 1);
      await figure.locator("details.twin summary").click();
    }
    const rows = parse(text(await fromMenu(page, "hips", "csv")), {
      columns: true,
    }) as Record<
      string,
      string
    >[];
    const objects = JSON.parse(text(await fromMenu(page, "hips", "json"))) as Record<
      string,
      unknown
    >[];
    const parquet = await parquetReadObjects({
      file: (await fromMenu(page, "hips", "parquet")).buffer,
    }) as Record<string, unknown>[];
    assert(rows.length > 50);
    for (const [i, row] of rows.entries()) {
      for (const [name, value] of Object.entries(row)) {
        assertEquals(String(objects[i][name]), value, name);
        assertEquals(String(parquet[i][name]), value, name);
      }
    }
  },
);

for (const width of [1440, 390]) {
  pageTest(`nothing moves while the reader scrolls through, ${width} px`, async ({ page }) => {
    await page.evaluate(() => {
      const shifts: number[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) =>
        list.getEntries().forEach((entry) => shifts.push((entry as unknown as { value: number }).value))
      ).observe({ type: "layout-shift", buffered: true });
    });
    const before = await page.evaluate(() => document.documentElement.scrollHeight);
    for (let y = 0; y < before; y += 600) {
      await page.mouse.wheel(0, 600);
      await page.evaluate(() =>
        new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      );
    }
    await page.waitForFunction(() => document.querySelectorAll(".drawn svg").length === 10);
    assertEquals(await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts), []);
    assertEquals(await page.evaluate(() => document.documentElement.scrollHeight), before);
    const slack = await page.evaluate(() =>
      [...document.querySelectorAll(".drawn")].map((box) =>
        Math.abs((box as HTMLElement).offsetHeight - Number(box.querySelector("svg")!.getAttribute("height")))
      )
    );
    assert(slack.every((px) => px <= 1), `the page reserves more room than its figures need: ${slack}`);
  }, { context: { viewport: { width, height: 900 } } });
}

pageTest("the covariance switch recomputes the distances and can be switched back", async ({ page }) => {
  const first = await page.textContent("#figure-qq .summary");
  const median = await page.textContent("#figure-distance-by-grade .summary");
  await page.selectOption("form:has-text('Covariance') select", { label: "OAS" });
  await page.waitForFunction(() =>
    document.getElementById("live")!.textContent!.startsWith("Shown: distance, oas")
  );
  assertStringIncludes((await page.textContent("#figure-qq .summary"))!, "oas covariance");
  assert(await page.textContent("#figure-distance-by-grade .summary") !== median);
  await page.selectOption("form:has-text('Covariance') select", { label: "sample (study)" });
  assertEquals(await page.textContent("#figure-qq .summary"), first);
  assertEquals(await page.textContent("#figure-distance-by-grade .summary"), median);
});

pageTest(
  "progression, hips, list of discordant heads, classroom and table react to input",
  async ({ page }) => {
    await page.locator("#progression input[type=range]").fill("5");
    assertStringIncludes((await page.textContent(".stamp"))!, "off the manifold");
    await page.locator("#hips .drawn svg").click();
    assertStringIncludes((await page.textContent("#card"))!, "Head");
    await page.locator("#discordance .entry").first().locator("button:text-is('2')").click();
    assertStringIncludes((await page.textContent("#discordance [role=status]"))!, "1 in the log");
    const log = parse(text(await saved(page, "button:has-text('Save the log')")), {
      columns: true,
    }) as Record<
      string,
      string
    >[];
    assertEquals([log.length, log[0].new_grade, log[0].reader], [1, "2", "R1"]);
    await page.click("button:text-is('Start a round')");
    for (let k = 0; k < 10; k++) {
      await page.click("[aria-label='Your grade'] button:text-is('1')");
      const said = (await page.textContent("#classroom [role=status]"))!;
      assertEquals(said.includes("kappa against"), k >= 4, said);
      await page.click(k < 9 ? "button:text-is('Next head')" : "button:text-is('See the score')");
    }
    const score = (await page.textContent("#classroom [role=status]"))!;
    assertStringIncludes(score, "10 answers; weighted kappa");
    assertStringIncludes(
      (await page.textContent("#methods"))!,
      "After Holm's correction over these rows, it is associated with head radius mm.",
    );
    await page.fill("#table input[type=search]", "grade 4 right");
    const grades = await page.locator("#table tbody tr td:nth-child(2)").allTextContents();
    assert(grades.length > 0 && grades.every((grade) => grade === "4"));
    await page.click("#table thead button:text-is('distance')");
    const distances = (await page.locator("#table tbody tr td:nth-child(3)").allTextContents()).map(Number);
    assertEquals(distances, [...distances].sort((a, b) => a - b));
  },
);

for (const [width, scheme] of [[1440, "light"], [390, "dark"]] as const) {
  pageTest(
    `axe finds no problem${
      width > 1000 ? "" : " of contrast or target size"
    } at ${width} px, ${scheme}, and nothing scrolls sideways`,
    async ({ page }) => {
      await page.focus(".map-surface");
      await page.keyboard.press("ArrowRight");
      await page.evaluate(() =>
        document.querySelectorAll("details").forEach((details) => (details.open = true))
      );
      if (width < 1000) await page.click("#card .card-close"); // the card would cover the tested elements
      await page.waitForTimeout(600);
      assertEquals(await page.evaluate(() => document.documentElement.scrollWidth), width);
      await page.evaluate(
        await Deno.readTextFile(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url)),
      );
      const found = await page.evaluate(
        width > 1000 ? "axe.run()" : "axe.run({ runOnly: ['color-contrast', 'target-size'] })",
      ) as {
        violations: { id: string; nodes: { html: string }[] }[];
      };
      assertEquals(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
    },
    { context: { viewport: { width, height: 900 }, colorScheme: scheme }, study: HOSTILE_STUDY },
  );
}

pageTest("hostile text in every field stays text, on the page and in a CSV file", async ({ page }) => {
  await page.focus(".map-surface");
  await page.keyboard.press("ArrowRight");
  assertStringIncludes((await page.textContent("#card"))!, "<img src=x");
  for (const place of ["#methods", "#table", ".kicker"]) {
    assertStringIncludes((await page.textContent(place))!.toLowerCase(), "<img src=x", place);
  }
  assertEquals(await page.locator("img[src='x']").count(), 0);
  assertEquals(await page.locator("script").count(), 4); // data, pictures, typefaces, code
  const csv = text(await fromMenu(page, "heads", "csv"));
  const rows = parse(csv, { columns: true }) as Record<string, string>[];
  assertEquals(rows[0].site, HOSTILE);
}, { study: HOSTILE_STUDY });

/** Grades that differ from grade 0 by the clustered test, according to the page's data. */
const differing = (page: Page) =>
  page.evaluate(() => {
    const { pairs } = JSON.parse(document.getElementById("data")!.textContent!).comparisons as {
      pairs: { a: string; b: string; clusteredPAdjusted: number }[];
    };
    return pairs.filter(({ a, clusteredPAdjusted }) => a === "0" && clusteredPAdjusted < 0.05).map(({ b }) =>
      b
    );
  });

pageTest(
  "the first screen shows the main result: one sentence, and a figure without scrolling",
  async ({ page }) => {
    const title = (await page.textContent("h1"))!;
    assert(title.startsWith("By distance, "), title);
    const grades = await differing(page);
    assert(grades.length > 0, "the sample has grades that differ");
    const shown = await page.locator(
      "#figure-answer svg text[font-weight='700'], #figure-answer svg g[font-weight='700'] text",
    )
      .allTextContents();
    assertEquals(shown, grades.map((grade) => `grade ${grade}`));
    const box = (await page.locator("#figure-answer svg").boundingBox())!;
    assert(box.y + box.height < 700, `the figure ends at ${box.y + box.height} px`);
    assertStringIncludes((await page.textContent(".masthead .banner"))!, "Synthetic cohort.");
  },
);

pageTest(
  "one switch changes the page to the residual and back",
  async ({ page }) => {
    const before = [await page.textContent("h1"), await page.textContent("#figure-pairs .summary")];
    await page.click("[data-value=residual]");
    await page.waitForFunction(() =>
      document.querySelector("h1")!.textContent!.startsWith("By residual, ") &&
      !document.querySelector("h1[aria-busy]") &&
      !document.querySelector("h1")!.textContent!.includes("\u2026")
    );
    assertStringIncludes((await page.textContent("#figure-distance-by-grade .summary"))!, "Median residual");
    assertStringIncludes((await page.textContent(".histogram"))!, "residual (reconstruction error, z)");
    await page.focus(".map-surface");
    await page.keyboard.press("ArrowRight");
    assertStringIncludes((await page.textContent("#card"))!, "residual");
    const rows = parse(text(await fromMenu(page, "raincloud", "csv")), { columns: true }) as Record<
      string,
      string
    >[];
    assertEquals(Object.keys(rows[0]), ["head_id", "patient", "grade", "split", "residual"]);
    await page.waitForURL(/measure=residual/); // the address follows after a moment
    await page.click("[data-value=distance]");
    await page.waitForFunction((title) => document.querySelector("h1")!.textContent === title, before[0]);
    assertEquals(await page.textContent("#figure-pairs .summary"), before[1]);
  },
);

pageTest("the chosen head is marked in six figures", async ({ page }) => {
  await page.focus(".map-surface");
  await page.keyboard.press("ArrowRight");
  const value = (await page.textContent("#card .distance"))!;
  for (
    const figure of [
      "#figure-answer",
      "#figure-distance-by-grade",
      "#figure-ecdf",
      "#figure-raincloud",
      "#figure-roc",
      "#figure-qq",
    ]
  ) {
    await page.locator(figure).scrollIntoViewIfNeeded();
    await page.waitForFunction((id) => document.querySelector(`${id} .head-mark`) !== null, figure);
    const label = await page.locator(`${figure} .head-mark-label`).first().textContent();
    assertStringIncludes(label!, "this head", figure);
    if (["#figure-answer", "#figure-ecdf"].includes(figure)) assertStringIncludes(label!, value);
  }
  const line = await page.evaluate(() => {
    const svg = document.querySelector(".histogram svg") as unknown as {
      scale(name: string): { apply(v: number): number };
    };
    const value = Number(document.querySelector("#card .distance")!.textContent);
    const mark = document.querySelector(".histogram .head-mark")!;
    return Math.abs(Number(mark.getAttribute("x1")) - svg.scale("x").apply(value));
  });
  assert(line < 0.6, `the line is ${line} px off`);
  await page.click("#card .card-close");
  assertEquals(await page.locator("#figure-answer .head-mark").count(), 0);
});

pageTest("the table filters by numbers and reports a column that it does not have", async ({ page }) => {
  await page.fill("#table input[type=search]", "distance>3.5 grade>=2");
  const rows = await page.locator("#table tbody tr").evaluateAll((all) =>
    all.map((row) => [2, 3].map((k) => Number(row.children[k - 1].textContent)))
  );
  assert(
    rows.length > 0 && rows.every(([grade, distance]) => grade >= 2 && distance >= 3.5),
    JSON.stringify(rows),
  );
  await page.fill("#table input[type=search]", "weight>3");
  assertStringIncludes(
    (await page.textContent("#table-count"))!,
    "There is no column weight; use grade, distance",
  );
});

pageTest(
  "the contents stay visible, the section is in the address, and the address leads back to the section",
  async ({ page, address }) => {
    await page.click("nav.contents a:text-is('Between grades')");
    await page.waitForFunction(() => location.hash.includes("at=pairs"));
    const bar = (await page.locator(".topbar").boundingBox())!;
    assert(bar.y >= -1 && bar.y < 2, "the bar must be at the top of the screen");
    assertEquals(
      await page.evaluate(() =>
        getComputedStyle(document.querySelector(".topbar")!).backgroundColor.startsWith("rgba")
      ),
      false,
    );
    for (const hash of [await page.evaluate(() => location.hash), "#pairs"]) {
      await page.goto("about:blank");
      await page.goto(address + hash);
      await page.waitForFunction(() => performance.getEntriesByName("caput-ready").length === 1);
      await page.waitForFunction(() =>
        Math.abs(document.getElementById("pairs")!.getBoundingClientRect().top) < 200
      );
    }
  },
);

pageTest(
  "the map is coloured by a column: categories with their names, numbers with both ends of the colour scale",
  async ({ page }) => {
    const colour = (name: string) => page.selectOption("form:has-text('Colour') select", { label: name });
    await colour("site");
    assertEquals(await page.locator(".colour-entry").allTextContents(), ["site 1", "site 2", "site 3"]);
    await colour("age");
    assertEquals(await page.locator(".ramp-bar").count(), 1);
    assert(/^age\s*\d+\s*\d+ and more$/.test((await page.textContent(".colour-entry"))!));
    const svg = text(await fromMenu(page, "latent-map", "svg"));
    assertStringIncludes(svg, "and more");
    await page.click("button:text-is('PCA')");
    assertStringIncludes((await page.textContent("#figure-latent-map .summary"))!, "the map preserves 2 %");
    await page.click("button:text-is('UMAP')");
    assertStringIncludes(
      (await page.textContent("#figure-latent-map .summary"))!,
      "the map preserves 15 %",
    );
  },
);

pageTest("on a phone the head card is at the bottom of the screen and can be closed", async ({ page }) => {
  assertEquals(await page.locator("#card:visible").count(), 0);
  await page.evaluate(() => document.querySelector(".map-surface")!.scrollIntoView({ block: "center" }));
  const box = (await page.locator(".map-surface").boundingBox())!;
  for (let k = 0; k < 30 && await page.locator("#card:visible").count() === 0; k++) {
    await page.mouse.click(box.x + box.width * (0.2 + 0.02 * k), box.y + box.height * 0.5);
  }
  const sheet = (await page.locator("#card").boundingBox())!;
  assert(Math.abs(sheet.y + sheet.height - 844) < 2 && sheet.height < 560, JSON.stringify(sheet));
  await page.click("#card .card-close");
  assertEquals(await page.locator("#card:visible").count(), 0);
}, { context: { viewport: { width: 390, height: 844 } } });

pageTest(
  "if the models come from another cohort, all heads are compared; the covariance cannot be switched, and the page says why",
  async ({ page }) => {
    assertEquals(await page.locator("form:has-text('Covariance')").count(), 0);
    assertStringIncludes((await page.textContent("#distances"))!, "came with the models");
    assertStringIncludes((await page.textContent(".masthead .trouble"))!, "oas cannot be used");
    assertStringIncludes((await page.textContent(".masthead .banner"))!, "Real cohort, synthetic reference.");
    assert(
      !(await page.textContent("#page"))!.includes("leave-one-out"),
      "no covariance was fitted on this study",
    );
    assertStringIncludes((await page.textContent("#figure-raincloud h3"))!, "all heads");
    assertStringIncludes((await page.textContent("#methods"))!, "heads of another cohort");
  },
  {
    study: ["given", { heads: 120, d: 4, sizePx: 16, pictures: 20, given: true }],
    hash: "#v=1&estimator=oas",
  },
);

pageTest(
  "the same hip: the slider shows numbers; the class answers without seeing the numbers, and then sees where its answers are",
  async ({ page }) => {
    await page.click("nav.contents a:text-is('The same hip')");
    const slide = (k: number) => page.locator("#samehip input[type=range]").fill(String(k));
    await slide(3);
    assertStringIncludes((await page.textContent("#samehip .stamp"))!, "grade 3.00distance 5.00");
    await page.click("button:text-is('Ask the class')");
    assertStringIncludes((await page.textContent("#samehip .stamp"))!, "numbers hidden");
    for (const k of [2, 3, 3]) {
      await slide(k);
      await page.click("button:text-is('This one is diseased')");
      assert(
        !/grade|distance/.test((await page.textContent("#samehip .stamp"))!),
        "the page must not reveal the answer",
      );
    }
    await page.click("button:text-is('Show all answers')");
    const words = (await page.textContent(".class-question [role=status]"))!;
    assertStringIncludes(words, "3 answers: median at grade 3.00");
    assertStringIncludes(words, "95th percentile of healthy heads at grade 3.00");
    assertEquals(await page.locator(".answer-mark").count(), 3);
  },
  { study: ["taught", { heads: 120, d: 4, sizePx: 16, pictures: 20, teaching: true }] },
);

Deno.test({
  name: "the browser is closed",
  sanitizeResources: false,
  sanitizeOps: false,
  fn: async () => {
    await browser?.close();
    await Deno.remove(folder, { recursive: true });
  },
});
