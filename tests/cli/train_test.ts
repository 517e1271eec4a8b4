import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { writeDiscCohort } from "../study/disc_cohort.ts";
import { TOKEN, writeToyCohort, writeToyModels } from "../study/toy_models.ts";
import { runCaput, type Said } from "./run_caput.ts";

const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
const caput = (...words: string[]) => runCaput(words, folder);
/** Caput's messages on standard error, without Deno's message about another process that installs packages. */
const saidBy = ({ err }: Said) =>
  err.split("\n").filter((line) => !line.startsWith("Blocking waiting")).join("\n");
const names = (path: string) => [...Deno.readDirSync(`${folder}/${path}`)].map(({ name }) => name).sort();

Deno.test("train unet: trains a network for segment on a cohort's masks; a bad row is reported, exit code 1", async () => {
  await writeDiscCohort(`${folder}/discs`, { splits: ["train", "train", "validation", "held-out", "train"] });
  await Deno.writeTextFile(`${folder}/discs/masks/f1_left.png`, "not a picture");
  const words = ["train", "unet", "--cohort", "discs/cohort.csv", "--out", "unet", "--epochs", "1"];
  const said = await caput(...words, "--device", "cpu", "--json", "--quiet"), { code, lines } = said;
  assertEquals([code, saidBy(said), lines.length], [1, "", 3]);
  const [bad, epoch, summary] = lines;
  assertEquals([bad.row, bad.file, bad.error.code], [5, "masks/f1_left.png", "not-an-image"]);
  assertEquals([epoch.epoch, epoch.epochs, epoch.step], [1, 1, 1]);
  assertEquals([summary.reason, summary.step, summary.failures, summary.device], ["finished", 1, 1, "cpu"]);
  assertEquals(names("unet"), ["README.md", "plan.json", "training.json", "unet.onnx"]);
  const card = await Deno.readTextFile(`${folder}/unet/README.md`);
  assertStringIncludes(card, "2 training films, 1 validation films; 4 training heads, 2 validation heads");
  assert(!card.includes(folder) && !card.includes("masks"), "a card must name no path");
  const [found] =
    (await caput("segment", "discs/films/f3.png", "--models", "unet", "--device", "cpu", "--json")).lines;
  assert(Array.isArray(found.heads), JSON.stringify(found));
});

Deno.test("train unet: synthetic films are mixed with a cohort; the model card has their share and number", async () => {
  await writeDiscCohort(`${folder}/mixed`, { splits: ["train", "train", "validation", "held-out"] });
  const own = ["train", "unet", "--cohort", "mixed/cohort.csv", "--phantom", "training", "--films", "40"];
  const said = await caput(
    ...own,
    "--share",
    "0.5",
    "--out",
    "both",
    "--epochs",
    "1",
    "--device",
    "cpu",
    "--json",
    "--quiet",
  );
  assertEquals([said.code, saidBy(said)], [0, ""]);
  // 2 films of the cohort and 40 synthetic ones, the last 2 for validation: 40 training films, 16 per step.
  assertEquals(said.lines.at(-1).step, 3);
  const card = await Deno.readTextFile(`${folder}/both/README.md`);
  assertStringIncludes(
    card,
    "50 % of the training windows are cut from the cohort's films, the others from 40 synthetic ones",
  );
  const { unet } = JSON.parse(await Deno.readTextFile(`${folder}/both/training.json`));
  assertEquals([unet.settings.favoured, unet.settings.validationFilms], [{ count: 2, share: 0.5 }, 3]);
});

Deno.test("train unet: an epoch is one pass over the training films, without validation films", async () => {
  const words = ["train", "unet", "--films", "50", "--out", "epoch", "--epochs", "1", "--device", "cpu"];
  const said = await caput(...words, "--json", "--quiet");
  assertEquals([said.code, saidBy(said)], [0, ""]);
  assertEquals(said.lines.at(-1).step, 3); // 47 training films, 16 per step
  const card = await Deno.readTextFile(`${folder}/epoch/README.md`);
  assertStringIncludes(card, "3 with a batch of 16, 1.021 epochs over the films");
});

Deno.test("train unet: continues from a network and compares the old and the new network on the validation films; the old folder is not changed", async () => {
  await writeDiscCohort(`${folder}/tuned`, { splits: ["train", "train", "validation", "held-out"] });
  const first = ["train", "unet", "--cohort", "tuned/cohort.csv", "--device", "cpu", "--quiet"];
  assertEquals((await caput(...first, "--epochs", "1", "--out", "base")).code, 0);
  const before = await Deno.readFile(`${folder}/base/unet.onnx`);
  const tuned = [...first, "--from", "base", "--epochs", "2", "--json"];
  const always = await caput(...tuned, "--out", "next", "--keep", "always");
  assertEquals([always.code, saidBy(always)], [0, ""]);
  const { kept, comparison } = always.lines.at(-1);
  assertEquals([kept, comparison.films, comparison.heads.length], [true, 1, 2]);
  assertEquals(comparison.heads.map(({ row, side }: { row: number; side: string }) => [row, side]), [
    [6, "right"],
    [7, "left"],
  ]);
  assertEquals(names("next"), ["README.md", "plan.json", "training.json", "unet.onnx"]);
  assertStringIncludes(
    await Deno.readTextFile(`${folder}/next/README.md`),
    "Before and after, on films that were left out",
  );
  assertEquals(await Deno.readFile(`${folder}/base/unet.onnx`), before);
  // Two steps on discs do not improve the network, so the comparison rejects it.
  const gated = await caput(...tuned, "--out", "gated");
  assertEquals([gated.code, gated.lines.at(-1).kept, gated.lines.at(-1).comparison.better], [
    0,
    false,
    false,
  ]);
  assert(!await Deno.stat(`${folder}/gated`).then(() => true, () => false), "nothing is written");
  const same = await caput(...tuned, "--out", "base");
  assertEquals(same.code, 2);
  assertStringIncludes(same.err, "must not be overwritten");
  assertEquals((await caput(...first, "--out", "x", "--keep", "always")).code, 2);
});

Deno.test("train vae: trains a network for run on a cohort's healthy heads; an unreadable film is reported, exit code 1", async () => {
  await writeToyModels(`${folder}/toy`);
  await writeToyCohort(folder, { healthy: 26, diseased: 6 });
  await Deno.writeTextFile(`${folder}/${TOKEN}-films/${TOKEN}_31.png`, "");
  const cohort = ["--cohort", `${TOKEN}.csv`, "--device", "cpu"];
  const words = ["train", "vae", ...cohort, "--out", "toy", "--study", "work", "--epochs", "1"];
  const said = await caput(...words, "--quiet"), { code, out } = said;
  assertEquals([code, saidBy(said)], [1, ""]);
  assertStringIncludes(out, `row 64, ${TOKEN}-films/${TOKEN}_31.png\n  failed: Cannot `);
  assertStringIncludes(out, "wrote toy; 2 rows could not be used (listed above)");
  const card = await Deno.readTextFile(`${folder}/toy/README.md`);
  assertStringIncludes(card, "### Autoencoder, normative model and calibration");
  assertStringIncludes(card, "| could not be used | 2 rows |");
  assertStringIncludes(card, "| held-out healthy heads that percentiles refer to | ");
  assertStringIncludes(
    card,
    "Not trained here, for example copied from other models, and therefore not recorded: `unet.onnx`.",
  );
  assert(!card.includes(TOKEN), "a card must name no patient");
  assert(!(await Deno.readTextFile(`${folder}/toy/training.json`)).includes(TOKEN), "nor does a record");
  const run = await caput("run", ...cohort, "--out", "study", "--models", "toy", "--json", "--quiet");
  assertEquals([run.code, run.lines[0].heads], [1, 62], run.err);
});

Deno.test("train: unusable training data are rejected with a reason and a fix", async () => {
  const both = await caput("train", "unet", "--phantom", "small", "--cohort", "a.csv", "--out", "m");
  assertEquals(both.code, 2);
  assertStringIncludes(both.err, "either --phantom NAME or --cohort FILE");
  const films = await caput("train", "unet", "--phantom", "small", "--films", "100", "--out", "m");
  assertEquals(films.code, 2);
  assertStringIncludes(films.err, "--films works only with --phantom training");
  const hard = await caput("train", "unet", "--phantom", "hard", "--out", "m", "--study", "hard");
  assertEquals(hard.code, 2);
  assertStringIncludes(hard.err, "got 0 and 0 of 300 films");
  await Deno.writeFile(`${folder}/none.png`, new Uint8Array()); // no film is read before the rows are counted
  await Deno.writeTextFile(
    `${folder}/few.csv`,
    "radiograph,patient,side,grade\nnone.png,P1,right,0\nnone.png,P1,left,1\n",
  );
  const few = await caput("train", "vae", "--cohort", "few.csv", "--out", "m", "--study", "few");
  assertEquals(few.code, 2);
  assertStringIncludes(few.err, "only 1 of 2 rows have grade 0");
  const gone = await caput("train", "unet", "--cohort", "gone.csv", "--out", "m");
  assertEquals(gone.code, 2);
  assertStringIncludes(gone.err, "it does not exist or cannot be read");
});
