/** Print quality: every figure of a study at every width, measured in the files. */
import { assert, assertClose, assertEquals } from "@std/assert";
import { Resvg } from "@resvg/resvg-js";
import { fileURLToPath } from "node:url";
import { writeFigures } from "../../src/report/figures/write_figures.ts";
import { sampleStudy } from "../dashboards/sample_study.ts";

const WIDTHS = [85, 114, 174];
const study = await Deno.makeTempDir();
await sampleStudy(study, { heads: 240, sizePx: 32 });
const out = `${study}/figures`;
const names = await writeFigures(study, { formats: ["svg", "pdf"], widthsMm: WIDTHS });
const svgs = await Promise.all(
  names.filter((name) => name.endsWith(".svg")).map(async (name) => ({
    name,
    svg: await Deno.readTextFile(`${out}/${name}`),
  })),
);
const pdfs = await Promise.all(
  names.filter((name) => name.endsWith(".pdf")).map(async (name) => ({
    name,
    text: new TextDecoder("latin1").decode(await Deno.readFile(`${out}/${name}`)),
  })),
);
const mmOf = (name: string) => Number(name.match(/_(\d+)mm/)![1]);
const FONTS = ["DejaVuSans", "DejaVuSans-Bold"].map((font) =>
  fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${font}.ttf`))
);

Deno.test("every figure is written at every width", () => {
  const figures = new Set(svgs.map(({ name }) => name.replace(/_\d+mm.*/, "")));
  const wanted = [
    ...["cohort_flow", "segmentation", "reconstructions", "latent_map", "distance_by_grade", "estimation"],
    ...["roc", "progression", "qq"],
  ];
  for (const figure of wanted) assert(figures.has(figure), figure);
  assertEquals(svgs.length, WIDTHS.length * figures.size);
  assertEquals(pdfs.length, svgs.length);
});

Deno.test("nothing is clipped: everything drawn is within the page", () => {
  for (const { name, svg } of svgs) {
    const drawing = new Resvg(svg.replaceAll("currentColor", "black"), {
      font: { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" },
    });
    const box = drawing.getBBox()!;
    const [x, y, width, height] = svg.match(/viewBox="([^"]+)"/)![1].split(" ").map(Number);
    const beyond = Math.max(
      x - box.x,
      y - box.y,
      box.x + box.width - x - width,
      box.y + box.height - y - height,
    );
    assert(beyond <= 0.01, `${name}: ink reaches ${beyond.toFixed(2)} px beyond the page`);
  }
});

Deno.test("all text is 7 to 9 pt at print size and in one font family", () => {
  for (const { name, svg } of svgs) {
    const [, width] = svg.match(/ width="([\d.]+)"/)!, view = svg.match(/viewBox="([^"]+)"/)![1].split(" ");
    assertClose(Number(width), mmOf(name) / 25.4 * 96, { absolute: 1e-6 });
    assertClose(Number(view[2]), Number(width), { absolute: 1e-6 }); // drawn at true size
    const sizes = [...svg.matchAll(/font-size[:=]\s*"?([\d.]+)/g)].map(([, px]) => Number(px) * 0.75);
    assert(sizes.length > 0, `${name} has no font size`);
    for (const pt of sizes) assert(pt >= 7 && pt <= 9, `${name}: ${pt} pt`);
    for (
      const [, family] of svg.replace(/<style[\s\S]*?<\/style>/g, "").matchAll(
        /font-family[:=]\s*"?([^;"]+)/g,
      )
    ) {
      assertEquals(family, "DejaVu Sans, sans-serif", name);
    }
  }
});

Deno.test("every PDF has its exact size and embeds its fonts", () => {
  for (const { name, text } of pdfs) {
    const box = text.match(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/);
    assertClose(Number(box?.[1]), mmOf(name) / 25.4 * 72, { absolute: 0.002 });
    const twin = svgs.find((each) => each.name === name.replace(".pdf", ".svg"))!.svg;
    const heightPx = Number(twin.match(/ height="([\d.]+)"/)![1]);
    assertClose(Number(box?.[2]), heightPx * 0.75, { absolute: 0.002 });
    const used = text.match(/\/Type \/Font\b(?!Descriptor)/g)?.length ?? 0;
    const embedded = text.match(/\/FontFile2 \d+ 0 R/g)?.length ?? 0;
    assert(embedded > 0 && 2 * embedded === used, `${name}: ${embedded} embedded, ${used} font objects`);
    assert(!/\/Subtype \/Type1\b/.test(text), `${name} uses a font that it does not embed`);
  }
});

/** A word on the page, in points. */
interface Word {
  readonly text: string;
  readonly box: readonly [number, number, number, number];
}

/** Words of a PDF according to poppler, or null if poppler is not installed. */
async function wordsOf(name: string, folder = out): Promise<Word[] | null> {
  try {
    const { stdout } = await new Deno.Command("pdftotext", {
      args: ["-bbox", `${folder}/${name}`, "-"],
      stderr: "null",
    }).output();
    const page = new TextDecoder().decode(stdout);
    return [...page.matchAll(/<word xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)" yMax="([^"]+)">([^<]*)</g)]
      .map(([, x0, y0, x1, y1, text]) => ({ text, box: [+x0, +y0, +x1, +y1] as const }));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Checks that no two words of a page overlap. Returns false if poppler is not installed. */
async function requireNoOverlap(names: readonly string[], folder: string): Promise<boolean> {
  for (const name of names) {
    const words = await wordsOf(name, folder);
    if (words === null) return false;
    assert(words.length > 3, `${name}: poppler must find words in it`);
    words.forEach(({ text, box: [x0, y0, x1, y1] }, i) => {
      for (const other of words.slice(i + 1)) {
        const wide = Math.min(x1, other.box[2]) - Math.max(x0, other.box[0]);
        const tall = Math.min(y1, other.box[3]) - Math.max(y0, other.box[1]);
        // A word's box includes room for accents and descenders, in which neighbouring lines may overlap.
        const over = wide > 0.5 && tall > 0.45 * Math.min(y1 - y0, other.box[3] - other.box[1]);
        assert(!over, `${name}: "${text}" and "${other.text}" overlap by ${wide.toFixed(1)} pt`);
      }
    });
  }
  return true;
}

Deno.test("no text overlaps other text, even with the longest style of p-values", async () => {
  const long = `${study}/long`;
  const only = ["distance_by_grade", "estimation", "pair_matrix"];
  await writeFigures(study, { out: long, only, formats: ["pdf"], widthsMm: [85], pStyle: "scientific" });
  const measured = await requireNoOverlap(pdfs.map(({ name }) => name), out) &&
    await requireNoOverlap(only.map((name) => `${name}_85mm.pdf`), long);
  if (!measured) console.warn("skipped: pdftotext (poppler-utils) is not installed");
});

Deno.test("clean up", () => Deno.remove(study, { recursive: true }));
