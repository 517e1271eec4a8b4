import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { encodePng } from "../../src/image/encode_png.ts";
import { brush, slider } from "../../src/report/explore.ts";
import { mediaBundle } from "../../src/report/media_bundle.ts";
import { openBrowser } from "../dashboards/open_browser.ts";

const png = encodePng({ widthPx: 8, heightPx: 8, samples: new Uint8Array(64).fill(90) });

Deno.test("slider and brush are self-contained HTML; hostile text stays text", () => {
  const made = slider(
    [{ label: "<b>1</b>", content: "</script><i>" }, { label: "2", content: { "<u>": 3 } }],
    {
      label: "<img src=x>",
    },
  );
  const { data } = mediaBundle(made);
  assert(
    !/<b>|<img src=x>|<i>|<u>/.test(data["text/html"].replace(/<script>.*<\/script>/s, "")),
    data["text/html"],
  );
  assertEquals(data["text/html"].match(/<\/script>/g)!.length, 1);
  assertStringIncludes(data["text/plain"], "2 steps");
  assert(!/https?:|src="(?!data:)/.test(data["text/html"]), "nothing is fetched");
  assertThrows(() => slider([{ label: "1", content: "a" }], { label: "x" }), RangeError, "at least 2");
});

Deno.test("without scripts, a slider shows one position and says how to enable it", () => {
  const steps = Array.from({ length: 40 }, (_, k) => ({ label: `${k}`, content: `place ${k}` }));
  const points = [{ x: 0, y: 0, grade: 0, value: 1 }];
  const cells = [
    slider(steps, { label: "Way", start: 3 }).html,
    brush(points, { label: "Map", value: "distance" }).html,
  ];
  for (const html of cells) {
    const bare = html.replace(/<script>.*<\/script>/s, "");
    assertStringIncludes(bare, "Trust Notebook");
    assertEquals(bare.match(/place \d+/g) ?? [], html === cells[0] ? ["place 3"] : []);
    assert(!bare.includes("<input"), "nothing to pull that does not move");
  }
  const other = slider(steps, { label: "Another way" }).html;
  const id = (html: string) => /id="([^"]+)"/.exec(html)![1];
  assert(id(other) !== id(cells[0]), "two notebooks in one page do not drive each other's");
  assertEquals(slider(steps, { label: "Another way" }).html, other, "the same cell, the same output");
});

Deno.test({
  name: "in a page without a server the slider works and the brush counts",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const browser = await openBrowser();
    if (!browser) return;
    const path = `${await Deno.makeTempDir()}/cell.html`;
    const steps = [{ label: "one", content: png, alt: "grey" }, { label: "two", content: { share: 0.25 } }];
    const points = [0, 1, 2, 3].map((k) => ({ x: k, y: k, grade: k % 2, value: k }));
    await Deno.writeTextFile(
      path,
      slider(steps, { label: "Step" }).html + brush(points, { label: "Map", value: "distance" }).html,
    );
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.goto(`file://${path}`);
      assertEquals(await page.locator("[data-step]:visible").count(), 1);
      assertEquals(await page.locator("[data-asleep]").count(), 0);
      await page.locator("input[type=range]").fill("1");
      assertEquals(await page.textContent("output"), "two");
      assertStringIncludes((await page.locator("[data-step]:visible").textContent())!, "0.25");
      const box = (await page.locator("svg").boundingBox())!;
      await page.mouse.move(box.x + 2, box.y + 2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width - 2, box.y + box.height - 2, { steps: 4 });
      await page.mouse.up();
      assertEquals(
        await page.textContent("[aria-live]"),
        "4 heads: 2 of grade 0, 2 of grade 1; median distance 2.00",
      );
      assertEquals(complaints, []);
    } finally {
      await browser.close();
    }
  },
});
