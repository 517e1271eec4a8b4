import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { VERBS } from "../../src/cli/verbs.ts";
import { TOKEN, toyFilm, writeToyCohort, writeToyModels } from "../study/toy_models.ts";
import { runCaput } from "./run_caput.ts";

const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
await writeToyModels(`${folder}/models`);
await writeToyCohort(folder, { healthy: 26, diseased: 8 });
await Deno.writeFile(`${folder}/film.png`, toyFilm(7, [0, 2]));
await Deno.writeFile(`${folder}/other.png`, toyFilm(8, [0, 0]));
await Deno.writeTextFile(`${folder}/empty.png`, "");
await Deno.writeTextFile(`${folder}/text.dcm`, "this is not a film\n");
const MODELS = ["--models", "models", "--device", "cpu"];
const STUDY = ["run", "--cohort", `${TOKEN}.csv`, "--out", "study", ...MODELS];
const caput = (...words: string[]) => runCaput(words, folder);

Deno.test("command line: every example starts with the name of its verb; verbs of two words have help", async () => {
  for (const verb of VERBS) {
    assert(verb.example.every((line) => line.replace(/^caput /, "").startsWith(verb.name)), verb.name);
  }
  const { code, out } = await caput("pack", "export", "--help");
  assertEquals(code, 0);
  assertStringIncludes(out, "deno task -q caput pack export");
});

Deno.test("segment: missing, empty and mislabelled files are reported with reason and fix, the other files are processed, exit code 1", async () => {
  const files = ["gone.png", "film.png", "empty.png", "text.dcm", "other.png"];
  const { code, lines, out } = await caput("segment", ...files, ...MODELS, "--json");
  assertEquals(code, 1);
  assertEquals(lines.map((line) => line.file), files); // in the order of the arguments
  assertEquals(out.trim().split("\n").length, files.length); // and no other file
  for (const i of [0, 2, 3]) {
    assertEquals(Object.keys(lines[i].error), ["code", "message", "fix"]);
    assert(lines[i].error.fix.length > 0);
  }
  for (const i of [1, 4]) {
    assertEquals(lines[i].heads.map((head: { side: string }) => head.side), ["right", "left"]);
    assertEquals(lines[i].quality, []);
  }
});

Deno.test("segment: masks and overlays are written, with coordinates of the stored image", async () => {
  const { code, lines } = await caput(
    "segment",
    "film.png",
    "--out",
    "drawn",
    ...MODELS,
    "--json",
    "--quiet",
  );
  assertEquals(code, 0);
  const names = [...Deno.readDirSync(`${folder}/drawn`)].map((entry) => entry.name).sort();
  assertEquals(names, ["film.png.mask.png", "film.png.overlay.png"]);
  const [x, y] = lines[0].heads[0].centerPx;
  assert(Math.hypot(x - 80, y - 120) < 20, `${x}, ${y}`);
});

Deno.test("run: writes a study, which a second run reuses and verify confirms, and whose pack scores films", async () => {
  const first = await caput(...STUDY, "--json", "--quiet");
  assertEquals([first.code, first.err], [0, ""]);
  const [summary] = first.lines;
  assertEquals([summary.heads, summary.failures, summary.reused, summary.reference.kind], [
    68,
    0,
    false,
    "cohort",
  ]);
  assert((await caput(...STUDY, "--json", "--quiet")).lines[0].reused);
  assertEquals((await caput("verify", "study", "--json")).lines[0].differences, []);
  assertEquals((await caput("pack", "export", "study", "--models", "models", "--json")).code, 0);
  assertEquals((await caput("pack", "import", "study.caput.zip", "--out", "packed", "--json")).code, 0);
  const { code, lines } = await caput(
    "score",
    "film.png",
    "--models",
    "packed",
    "--device",
    "cpu",
    "--json",
    "--quiet",
  );
  assertEquals(code, 0);
  const [{ heads, reference, device }] = lines;
  assertEquals([device, reference.kind, reference.n], ["cpu", "cohort", summary.reference.n]);
  for (const head of heads) {
    for (const key of ["distance", "percentile", "residual"]) assert(Number.isFinite(head[key]), key);
    const [low, high] = head.percentileInterval;
    assert(low <= head.percentile && head.percentile <= high);
    assert(
      typeof head.tailProbability.empirical === "number" &&
        typeof head.tailProbability.chiSquare === "number",
    );
    assertEquals(typeof head.outOfDomain, "boolean");
  }
});

Deno.test("project reads a study's latents; compare reports a missing column and a bad cell by row", async () => {
  const { code, lines } = await caput("project", "study/latents.parquet", "--json", "--quiet");
  assertEquals([code, lines[0].rows.length], [0, 68]);
  const missing = await caput(
    "compare",
    "study/deviations.parquet",
    "--value",
    "distance",
    "--group",
    "grade",
  );
  assertEquals(missing.code, 2); // the grade is in heads.parquet
  assertStringIncludes(missing.err, '"grade"');
  await Deno.writeTextFile(`${folder}/t.csv`, "v,g\n1,a\n2,a\n3,b\n4,b\n");
  const plain = await caput("compare", "t.csv", "--value", "v", "--group", "g");
  assertEquals(plain.out.split("\n")[0].trim().split(/\s+/), ["g", "rows", "median", "q1", "q3"]);
  assertStringIncludes(plain.out, "detectable: the smallest AUC that these group sizes show with 80 % power");
  await Deno.writeTextFile(`${folder}/t.csv`, "v,g\n1,a\nx,a\n3,b\n4,b\n");
  const bad = await caput("compare", "t.csv", "--value", "v", "--group", "g");
  assertStringIncludes(bad.err, 'got "x" in row 3'); // counted as in a spreadsheet: the header is row 1
});

Deno.test("exit codes: usage 2, integrity 3, device 4", async () => {
  assertEquals((await caput("scroe", "film.png")).code, 2);
  assertEquals((await caput("run", "--phantom", "small", "--cohort", "x.csv")).code, 2);
  assertEquals((await caput("run", "--cohort", "gone.csv", ...MODELS)).code, 2);
  const device = await caput("segment", "film.png", "--models", "models", "--device", "cuda");
  assertEquals(device.code, 4);
  assertStringIncludes(device.err, "cuda");
  await Deno.mkdir(`${folder}/torn`);
  for (const { name } of Deno.readDirSync(`${folder}/models`)) {
    await Deno.copyFile(`${folder}/models/${name}`, `${folder}/torn/${name}`);
  }
  await Deno.truncate(`${folder}/torn/unet.onnx`, 1000);
  const torn = await caput("segment", "film.png", "--models", "torn", "--json");
  assertEquals([torn.code, torn.lines.length], [3, 1]); // no film was read
  assert(torn.err.match(/[0-9a-f]{64}/g)!.length >= 2, "the message contains both hashes");
});

Deno.test("run: a folder that cannot be written gives exit code 2 or 4 and is named", async () => {
  // Root may write anywhere, so the folder's place is taken by a file.
  await Deno.writeTextFile(`${folder}/plain`, "a file");
  const { code, err } = await caput(...STUDY.with(4, "plain/study"));
  assert([2, 4].includes(code), err);
  assertStringIncludes(err, "plain/study");
});

Deno.test("privacy: messages and the page do not contain the name of a patient, film or folder", async () => {
  await Deno.writeTextFile(
    `${folder}/broken.csv`,
    `radiograph,patient,side,grade\n${TOKEN}_gone.png,${TOKEN},right,0\n`,
  );
  const absent = await caput("run", "--cohort", "broken.csv", "--out", "nobody", ...MODELS);
  assertEquals(absent.code, 2); // no film exists at its path: nothing is run
  assert(!(absent.out + absent.err).includes(TOKEN), absent.err);
  await Deno.writeTextFile(`${folder}/${TOKEN}_gone.png`, "no picture");
  const said = await caput("run", "--cohort", "broken.csv", "--out", "nobody", ...MODELS);
  assertEquals(said.code, 1); // the film exists but is not an image, so no head can be used
  assert(!(said.out + said.err).includes(TOKEN), said.err);
  const log = await caput(...STUDY.with(4, "again"));
  assert(!(log.out + log.err).includes(TOKEN), log.err);
  assert(!(await Deno.readTextFile(`${folder}/again/dashboard.html`)).includes(TOKEN));
});
