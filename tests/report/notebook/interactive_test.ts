import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { Page } from "playwright-core";
import { encodePng } from "../../../src/image/encode_png.ts";
import { brush } from "../../../src/report/notebook/brush.ts";
import type { Interactive } from "../../../src/report/notebook/interactive.ts";
import { slider } from "../../../src/report/notebook/slider.ts";
import { mediaBundle } from "../../../src/report/media_bundle.ts";
import { openBrowser } from "../../dashboards/open_browser.ts";

const png = encodePng({ widthPx: 8, heightPx: 8, samples: new Uint8Array(64).fill(90) });
const htmlOf = (made: Interactive) => mediaBundle(made).data["text/html"];
const withoutScript = (html: string) => html.replace(/<script>.*<\/script>/s, "");

Deno.test("slider and brush are self-contained HTML; markup in their texts is escaped", () => {
  const made = slider(
    [{ label: "<b>1</b>", content: "</script><i>" }, { label: "2", content: { "<u>": 3 } }],
    { label: "<img src=x>" },
  );
  const map = brush([{ x: 0, y: 0, grade: 0, value: 1 }], { label: "</script><i>", value: "<u>" });
  for (const html of [htmlOf(made), htmlOf(map)]) {
    assert(!/<b>|<img src=x>|<i>|<u>/.test(withoutScript(html)), html);
    assertEquals(html.match(/<\/script>/g)!.length, 1);
    assert(!/https?:\/\/(?!www\.w3\.org\/2000\/svg)|src="(?!data:)/.test(html), "nothing is fetched");
  }
  assertStringIncludes(mediaBundle(made).data["text/plain"], "2 steps");
  assertThrows(() => slider([{ label: "1", content: "a" }], { label: "x" }), RangeError, "at least 2");
  assertThrows(() => brush([], { label: "x", value: "y" }), RangeError, "at least 1");
});

Deno.test("where scripts are removed, a slider shows one position, a brush its map as an image", () => {
  const steps = Array.from({ length: 40 }, (_, k) => ({ label: `${k}`, content: `place ${k}` }));
  const map = withoutScript(
    htmlOf(brush([{ x: 0, y: 0, grade: 0, value: 1 }], { label: "Map", value: "v" })),
  );
  const way = withoutScript(htmlOf(slider(steps, { label: "Way", start: 3 })));
  assertEquals(way.match(/place \d+/g), ["place 3"]);
  assert(
    /<img src="data:image\/png;base64,[^"]{200,}" alt="Map: a map of 1 points/.test(map),
    map.slice(0, 300),
  );
  assert(!/<svg|<circle/.test(map), "a sanitizer would remove an svg");
  for (const html of [way, map]) {
    assertStringIncludes(html, "Trust Notebook");
    assert(!/<input|Drag|arrow keys/.test(html), "must not mention controls that need the script");
  }
  const made = () => htmlOf(slider(steps, { label: "Another way" }));
  const id = (html: string) => /id="([^"]+)"/.exec(html)![1];
  assert(id(made()) !== id(way), "different outputs have different ids");
  assertEquals(made(), made(), "the same cell, the same output");
});

Deno.test("slider: bars share one scale, images keep their stated width, functions draw figures", () => {
  const bars = htmlOf(
    slider([{ label: "a", content: { n: 1 } }, { label: "b", content: { n: 4, m: NaN } }], { label: "N" }),
  );
  assertEquals(bars.match(/(?<=height:10px;width:)[0-9.]+%/g), ["25.0%", "25.0%", "100.0%"]);
  const figure = (document: Document) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", "30");
    svg.setAttribute("height", "20");
    return svg;
  };
  const pictures = htmlOf(
    slider([{ label: "a", content: figure }, { label: "b", content: png, widthPx: 657.6 }], { label: "P" }),
  );
  assertStringIncludes(withoutScript(pictures), 'alt="a" width="30"');
  assertStringIncludes(pictures, 'width=\\"658\\"');
  assertStringIncludes(pictures, "max-width:658px");
});

/**
 * A notebook with keyboard shortcuts: any key except Tab, without Ctrl, moves the focus to the first
 * cell.
 *
 * @param options.phase event phase in which the shortcuts are handled: before the control gets the key (`capture`) or
 * after it (`bubble`)
 * @param options.mark whether keys inside `data-lm-suppress-shortcuts` are ignored, as in JupyterLab 4; the older
 * Notebook does not know this attribute
 */
function notebook(
  outputs: readonly string[],
  { phase, mark }: { phase: "capture" | "bubble"; mark: boolean },
): string {
  const cells = outputs.map((html) => `<div class="jp-Cell" tabindex="0">${html}</div>`);
  return `<!doctype html><meta charset="utf-8"><body>${cells.join("")}<script>window.stolen=[];` +
    `document.addEventListener("keydown",(e)=>{if(e.ctrlKey||e.key==="Tab")return;if(${mark}&&e.target.closest("[data-lm-suppress-shortcuts]"))return;` +
    `window.stolen.push(e.key);e.preventDefault();document.querySelectorAll(".jp-Cell")[0].focus()},${
      phase === "capture"
    })</script>`;
}

async function inNotebook(html: string, check: (page: Page) => Promise<void>): Promise<void> {
  const browser = await openBrowser();
  if (!browser) return;
  const path = `${await Deno.makeTempDir()}/cells.html`;
  await Deno.writeTextFile(path, html);
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 1400 } });
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(`file://${path}`);
    assertEquals(await page.locator("[data-static]").count(), 0, "the script of every output ran");
    await check(page);
    assertEquals(complaints, []);
  } finally {
    await browser.close();
  }
}

const stolen = (page: Page) => page.evaluate(() => (globalThis as unknown as { stolen: string[] }).stolen);
const steps = [
  { label: "one", content: png, alt: "grey" },
  { label: "two", content: { share: 0.25 } },
  { label: "three", content: "<b>" },
];
const points = [0, 1, 2, 3].map((k) => ({ x: k, y: k, grade: k % 2, value: k }));
const cells = [
  htmlOf(slider(steps, { label: "Step" })),
  htmlOf(brush(points, { label: "Map", value: "distance" })),
];
const KINDS = [
  { phase: "capture", mark: true },
  { phase: "bubble", mark: true },
  { phase: "bubble", mark: false },
] as const;

for (const kind of KINDS) {
  const when = `${kind.phase} phase${kind.mark ? "" : ", which ignores JupyterLab's attribute"}`;
  Deno.test({
    name: `a notebook with shortcuts (${when}) does not take the keys of slider and brush`,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () =>
      inNotebook(notebook(cells, kind), async (page) => {
        const range = page.locator("input[type=range]"), name = page.locator("output");
        await range.focus();
        const keys = { ArrowRight: "two", End: "three", ArrowDown: "two", Home: "one", ArrowUp: "two" };
        for (const [key, shown] of Object.entries(keys)) {
          await page.keyboard.press(key);
          assertEquals(
            [await name.textContent(), await range.getAttribute("aria-valuetext")],
            [shown, shown],
            key,
          );
        }
        assertStringIncludes((await page.locator("[data-step]").textContent())!, "0.25");
        await page.keyboard.press("d");
        assertEquals(await stolen(page), []);
        await page.keyboard.press("Escape");
        assertEquals(await page.evaluate(() => document.activeElement!.className), "jp-Cell");
        await page.keyboard.press("ArrowDown");
        assertEquals(
          [await stolen(page), await name.textContent()],
          [["ArrowDown"], "two"],
          "after Escape, keys reach the notebook",
        );

        const said = () => page.textContent("[aria-live]");
        const press = async (key: string, times: number) => {
          for (let k = 0; k < times; k++) await page.keyboard.press(key);
        };
        assertEquals(await said(), "Nothing is selected. Median of all 4 heads: distance 1.50.");
        await page.locator("svg").focus();
        await press("ArrowRight", 1);
        assertEquals(await said(), "No head is inside the selection.");
        await press("Shift+ArrowDown", 16);
        assertStringIncludes((await said())!, "1 head: 1 of grade 1. Median distance 1.00");
        await press("ArrowLeft", 17);
        assertEquals(await page.locator("svg rect").getAttribute("x"), "0", "stays on the map");
        await press("d", 1);
        await press("Escape", 1);
        assertStringIncludes((await said())!, "Nothing is selected");
        assertEquals(await stolen(page), ["ArrowDown"]);
        await press("Escape", 1);
        await press("ArrowDown", 1);
        assertEquals(await stolen(page), ["ArrowDown", "ArrowDown"], "after Escape, keys reach the notebook");
      }),
  });
}

Deno.test({
  name:
    "in a page without a server the slider moves and the brush counts, also in a narrow window; a click clears the selection",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    inNotebook(notebook([...cells, cells[0]], KINDS[0]), async (page) => {
      assertEquals(
        await page.locator("input[type=range]").count(),
        2,
        "the same output twice: both scripts ran",
      );
      await page.locator("input[type=range]").first().fill("1");
      assertEquals(await page.locator("output").allTextContents(), ["two", "one"]);
      const said = () => page.textContent("[aria-live]");
      for (const width of [900, 400]) {
        await page.setViewportSize({ width, height: 1400 });
        const box = (await page.locator("[data-map] svg").boundingBox())!;
        const image = (await page.locator("[data-map] img").boundingBox())!;
        assertEquals([box.width, box.height].map(Math.round), [image.width, image.height].map(Math.round));
        await page.mouse.move(box.x + 2, box.y + 2);
        await page.mouse.down();
        await page.mouse.move(box.x + box.width / 2, box.y + box.height - 2, { steps: 4 });
        await page.mouse.up();
        assertEquals(
          await said(),
          "2 heads: 1 of grade 0, 1 of grade 1. Median distance 0.50 (all 4 heads: distance 1.50).",
        );
        assertEquals(await page.evaluate(() => document.activeElement!.tagName), "svg");
        await page.mouse.click(box.x + 5, box.y + 5);
        assertStringIncludes((await said())!, "Nothing is selected");
      }
    }),
});
