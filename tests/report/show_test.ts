import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { decode } from "fast-png";
import { parseHTML } from "linkedom";
import * as Plot from "@observablehq/plot";
import { greyPng } from "../../src/report/render/grey_png.ts";
import { htmlTable } from "../../src/report/render/html_table.ts";
import { mediaBundle } from "../../src/report/media_bundle.ts";
import { show } from "../../src/report/show.ts";
import { executeNotebook } from "../notebooks/execute_notebook.ts";

function plotOf(options: Plot.PlotOptions): Element {
  const { document } = parseHTML("<!doctype html><body></body>");
  return Plot.plot({ document, marks: [Plot.dot([[1, 2], [3, 4]])], ...options } as Plot.PlotOptions);
}

Deno.test("a Plot figure becomes a PNG of twice its size with its own alt text", () => {
  const bundle = mediaBundle(plotOf({ width: 200, height: 100, ariaLabel: "two dots" }));
  const picture = decode(Uint8Array.fromBase64(bundle.data["image/png"]));
  assertEquals([picture.width, picture.height], [400, 200]);
  assertEquals(bundle.metadata["image/png"], { alt: "two dots", width: 200 });
  assertEquals(bundle.data["text/plain"], "two dots");
  const dark = picture.data.filter((_value, i) => i % picture.channels === 0 && picture.data[i] < 128).length;
  assert(dark > 100, `axes and dots are drawn, got ${dark} dark pixels`);
});

Deno.test("of a figure with a title, only the drawing is used", () => {
  const bundle = mediaBundle(plotOf({ title: "T", width: 200, height: 100 }), { alt: "two dots" });
  assertEquals(decode(Uint8Array.fromBase64(bundle.data["image/png"])).width, 400);
});

Deno.test("a function receives a document to draw in", () => {
  const bundle = mediaBundle((document: Document) =>
    Plot.plot({ document, ariaLabel: "an empty frame", marks: [Plot.frame()] })
  );
  assertEquals(bundle.data["text/plain"], "an empty frame");
});

Deno.test("an image without alt text is rejected", () => {
  assertThrows(() => mediaBundle(plotOf({})), TypeError, "alt text");
  const image = { kind: "grey-image", widthPx: 1, heightPx: 1, pixels: Float32Array.of(1) };
  assertThrows(() => mediaBundle(image), TypeError, "alt text");
});

Deno.test("images are placed next to each other with a white gap", () => {
  const black = { widthPx: 2, heightPx: 1, pixels: Float32Array.of(0, 2) };
  const { width, height, data } = decode(greyPng([black, black]));
  assertEquals([width, height], [8, 1]);
  assertEquals([...data], [0, 255, 255, 255, 255, 255, 0, 255]);
  assertThrows(() => greyPng([{ ...black, pixels: [NaN, 0] }]), RangeError, "finite");
  assertThrows(() => greyPng([black, { ...black, heightPx: 2 }]), RangeError, "heights");
});

Deno.test('markup in a table is escaped, NaN is shown as "not a number", rows beyond the limit are counted', () => {
  const html = htmlTable([{ grade: "<img onerror=alert(1)>", p: NaN }, { grade: "b", p: 0.012345 }], {
    limit: 1,
  });
  assert(!html.includes("<img"), html);
  assertStringIncludes(html, "&lt;img");
  assertStringIncludes(html, "not a number");
  assertStringIncludes(html, "and 1 more rows");
  assertStringIncludes(htmlTable([{ p: 0.012345 }]), ">0.01235<");
});

Deno.test("outside a notebook the plain text is printed", async () => {
  const printed: string[] = [];
  const { log } = console;
  console.log = (text: string) => printed.push(text);
  await show([{ a: 1 }], { caption: "One row" }).finally(() => console.log = log);
  assertEquals(printed, ["One row: a table of 1 rows"]);
  assertStringIncludes(mediaBundle([{ a: 1 }], { caption: "One row" }).data["text/html"], "<caption");
  await assertRejects(() => show(Symbol("x")), TypeError, "Cannot show this");
});

Deno.test("in the Deno kernel an image has alt text, with its caption below", async () => {
  const source = `import { show } from "../../src/report/show.ts";
await show({ kind: "grey-image", widthPx: 2, heightPx: 1, pixels: [0, 1] }, { alt: "a ramp", caption: "Black, white." });`;
  const cells = [{ cell_type: "code" as const, source, metadata: {} }];
  const { notebook, error } = await executeNotebook({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }, {
    cwd: new URL(".", import.meta.url).pathname,
  });
  assertEquals(error, null);
  const outputs = notebook.cells[0].outputs ?? [];
  assertEquals(outputs.map((output) => output.output_type), ["display_data", "display_data"]);
  const [picture, caption] = outputs;
  assertEquals((picture.metadata?.["image/png"] as { alt: string }).alt, "a ramp");
  assertEquals(caption.data?.["text/markdown"], "*Black, white.*");
});
