import { assert, assertClose, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import sharp from "sharp";
import { writeFigures } from "../../../src/report/figures/write_figures.ts";
import { sampleStudy } from "../../dashboards/sample_study.ts";

const study = await Deno.makeTempDir();
await sampleStudy(study, { heads: 240, sizePx: 32 });
const bytes = (name: string) => Deno.readFile(`${study}/figures/${name}`);

Deno.test("the whole set of figures is written at one width, and writing it again gives the same bytes", async () => {
  const names = await writeFigures(study, { widthsMm: [85], formats: ["svg", "pdf"] });
  for (
    const figure of [
      "cohort_flow",
      "segmentation",
      "reconstructions",
      "latent_map",
      "distance_by_grade",
      "estimation",
      "roc",
      "qq",
      "progression",
    ]
  ) {
    assert(names.includes(`${figure}_85mm.svg`) && names.includes(`${figure}.csv`), figure);
  }
  await writeFigures(study, { widthsMm: [85], formats: ["svg", "pdf"], out: `${study}/again` });
  for (const name of names) {
    assertEquals(await bytes(name), await Deno.readFile(`${study}/again/${name}`), name);
  }
  const captions = await Deno.readTextFile(`${study}/figures/captions.md`);
  assertStringIncludes(captions, "Synthetic cohort. ");
  assertEquals(
    captions.match(/^Alt text: \S/gm)?.length,
    names.filter((name) => name.endsWith(".csv")).length,
  );
});

Deno.test("one figure after another: captions.md keeps the captions of all figures in the folder, in order", async () => {
  const out = `${study}/one_by_one`;
  const one = (name: string) => writeFigures(study, { widthsMm: [85], formats: ["svg"], only: [name], out });
  for (const name of ["roc", "estimation", "roc"]) await one(name);
  const captions = await Deno.readTextFile(`${out}/captions.md`);
  assertEquals(captions.match(/^## Figure .*$/gm), ["## Figure 9: estimation", "## Figure 11: roc"]);
  assertEquals(captions.match(/^Alt text: \S/gm)?.length, 2);
  await Deno.writeTextFile(
    `${out}/captions.md`,
    captions.replace("11: roc", "11: rock") + "\n## Figure 99: gone\n",
  );
  await one("estimation");
  const cleaned = await Deno.readTextFile(`${out}/captions.md`);
  assertEquals(cleaned.match(/^## Figure .*$/gm), ["## Figure 9: estimation"]);
});

Deno.test("reconstructions: the middle row is labelled reconstruction, as in the caption", async () => {
  const out = `${study}/rows`;
  await writeFigures(study, { widthsMm: [85], formats: ["svg"], only: ["reconstructions"], out });
  const svg = await Deno.readTextFile(`${out}/reconstructions_85mm.svg`);
  assertStringIncludes(svg, ">reconstruction<");
  assertEquals(svg.includes(">drawn<"), false);
});

Deno.test("widths of 40 and 200 mm are drawn at true size", async () => {
  const out = `${study}/narrow`;
  for (const name of await writeFigures(study, { widthsMm: [40, 200], formats: ["svg"], out })) {
    if (!name.endsWith(".svg")) continue;
    const svg = await Deno.readTextFile(`${out}/${name}`);
    const mm = Number(/_(\d+)mm\.svg$/.exec(name)![1]);
    assertClose(Number(/ width="([\d.]+)"/.exec(svg)![1]), mm / 25.4 * 96, { absolute: 0.01 });
    assert(!/NaN|\u26a0/.test(svg), name);
  }
});

Deno.test("no figure contains a warning of Plot", async () => {
  for (const { name } of Deno.readDirSync(`${study}/figures`)) {
    if (name.endsWith(".svg")) {
      assert(!(await Deno.readTextFile(`${study}/figures/${name}`)).includes("\u26a0"), name);
    }
  }
});

Deno.test("the animated GIF has every frame", async () => {
  const film = await bytes("progression.gif");
  assertEquals(new TextDecoder().decode(film.subarray(0, 6)), "GIF89a");
  assertEquals((await sharp(film, { animated: true }).metadata()).pages, 9);
});

Deno.test("PDF: exact width in points, fonts embedded, no current date", async () => {
  const text = new TextDecoder("latin1").decode(await bytes("latent_map_85mm.pdf"));
  const box = text.match(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/);
  assertClose(Number(box?.[1]), 85 / 25.4 * 72, { absolute: 0.02 });
  assert(/\/FontFile2 \d+ 0 R/.test(text), "a TrueType font is embedded");
  assertStringIncludes(text, "D:20000101");
});

Deno.test("PNG and TIFF have the requested pixels and resolution", async () => {
  await writeFigures(study, { widthsMm: [114], formats: ["png", "tiff"], dpi: 600, only: ["estimation"] });
  for (const format of ["png", "tiff"]) {
    const { width, density } = await sharp(await bytes(`estimation_114mm.${format}`)).metadata();
    assertClose(width!, 114 / 25.4 * 600, { absolute: 1 });
    assertClose(density!, 600, { absolute: 1 });
  }
});

Deno.test("the source data of a figure contain the plotted numbers", async () => {
  const lines = (await Deno.readTextFile(`${study}/figures/estimation.csv`)).trim().split("\n");
  assertEquals(lines.length, 11);
  const comparisons = JSON.parse(await Deno.readTextFile(`${study}/comparisons.json`));
  assertClose(Number(lines[1].split(",")[1]), comparisons.pairs[0].cliffsDelta);
});

Deno.test("a figure may be requested by its number; unknown names, and sizes out of range, are rejected", async () => {
  await assertRejects(
    () => writeFigures(study, { only: ["pie"] }),
    RangeError,
    'draw "pie": the name must be one of 1 cohort_flow',
  );
  assertEquals((await writeFigures(study, { only: ["3"], formats: ["svg"], widthsMm: [85] })).slice(0, 2), [
    "qq_85mm.svg",
    "qq.csv",
  ]);
  await assertRejects(() => writeFigures(study, { widthsMm: [5] }), RangeError, "got 5");
  await assertRejects(() => writeFigures(study, { dpi: 10 }), RangeError, "got 10");
});

Deno.test("clean up", () => Deno.remove(study, { recursive: true }));
