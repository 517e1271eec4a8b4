import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { parquetWriteBuffer } from "hyparquet-writer";
import { buildPage } from "../../dashboards/build_page.ts";
import { bundlePage } from "../../dashboards/bundle_page.ts";
import { inert } from "../../dashboards/page_html.ts";
import { readStudy } from "../../dashboards/read_study.ts";
import { sampleStudy } from "./sample_study.ts";

async function withStudy(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await sampleStudy(folder, { heads: 60, d: 4, sizePx: 32 });
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const block = (html: string, id: string) => html.match(new RegExp(`id="${id}">([^<]*)<`))![1];

Deno.test("a page contains its study, and the same study gives the same page", async () => {
  await withStudy(async (folder) => {
    const [first, second] = [await buildPage(folder), await buildPage(folder)];
    assertEquals(first, second);
    const data = JSON.parse(block(first, "data"));
    assertEquals([data.n, data.d, data.pictures.leftOut], [60, 4, 0]);
    const [start, length] = data.pictures.crops.spans[0];
    const jpeg = Uint8Array.fromBase64(block(first, "pictures").slice(start, start + length));
    assertEquals([...jpeg.subarray(0, 3)], [0xff, 0xd8, 0xff]);
    assertStringIncludes(first, "default-src 'none'");
    assert(!/(?:src|href)="https?:/.test(first), "nothing may be loaded from another address");
    assert(!first.includes(folder), "the page must contain no path of this machine");
  });
});

Deno.test("images that do not fit are omitted, healthy training heads first, and counted", async () => {
  await withStudy(async (folder) => {
    const whole = await buildPage(folder);
    const maxBytes = whole.length - 40_000;
    const tight = await buildPage(folder, { maxBytes });
    const { pictures, texts, numbers } = JSON.parse(block(tight, "data"));
    assert(tight.length <= maxBytes, `${tight.length} bytes`);
    const grade = new Float64Array(Uint8Array.fromBase64(numbers.grade).buffer);
    const codes = new Uint32Array(Uint8Array.fromBase64(texts.split.codes).buffer);
    const without = pictures.crops.spans.flatMap((span: unknown, i: number) => (span ? [] : [i])) as number[];
    assertEquals(without.length, pictures.leftOut);
    if (without.length < 40) {
      assert(without.every((i) => grade[i] === 0 && texts.split.values[codes[i]] === "train"));
    }
  });
});

Deno.test("a study that lacks a table, a row or a number is rejected", async () => {
  await withStudy(async (folder) => {
    const { headId } = await readStudy(folder);
    const write = (distance: number[], ids = headId) =>
      Deno.writeFile(
        `${folder}/deviations.parquet`,
        new Uint8Array(parquetWriteBuffer({
          columnData: [
            { name: "head_id", data: ids, type: "STRING", nullable: false },
            { name: "distance", data: distance, type: "DOUBLE", nullable: false },
          ],
        })),
      );
    await write(headId.map((_, i) => (i === 5 ? NaN : 1)));
    await assertRejects(() => buildPage(folder), RangeError, `got NaN for head ${headId[5]}`);
    await write(headId.slice(1).map(() => 1), headId.slice(1));
    await assertRejects(() => buildPage(folder), RangeError, `no row for head ${headId[0]}`);
    await Deno.remove(`${folder}/deviations.parquet`);
    await assertRejects(() => buildPage(folder), Deno.errors.NotFound);
  });
});

Deno.test("JSON in the page cannot close its script element", () => {
  const text = inert(JSON.stringify({ a: "</script><!--\u2028" }));
  assert(!/[<\u2028]/.test(text));
  assertEquals(JSON.parse(text).a, "</script><!--\u2028");
});

Deno.test("the bundle in the repository is up to date with the sources", async () => {
  const stored = await Deno.readTextFile(new URL("../../dashboards/page.bundle.js", import.meta.url));
  const made = await bundlePage();
  assert(stored === made, "page.bundle.js is older than its sources: run deno task bundle");
});
