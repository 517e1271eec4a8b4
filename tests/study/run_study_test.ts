import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { ModelIntegrityError } from "../../src/onnx/model_integrity_error.ts";
import { InputError } from "../../src/input_error.ts";
import { fileStudyCohort } from "../../src/study/cohort/file_study_cohort.ts";
import { IntegrityError } from "../../src/files/integrity_error.ts";
import { LockedError, lockStudy } from "../../src/study/folder/lock_study.ts";
import { exportPack, importPack } from "../../src/study/folder/normative_pack.ts";
import { loadModels } from "../../src/study/models/model_set.ts";
import { readTable } from "../../src/files/read_table.ts";
import { runStudy, type RunStudyOptions, type StudySummary } from "../../src/study/run_study.ts";
import { scoreRadiograph } from "../../src/study/score/score_radiograph.ts";
import { hashOutputs } from "../../src/study/folder/study_record.ts";
import { numbersOf, textsOf } from "../../src/files/table.ts";
import { verifyStudy } from "../../src/study/folder/verify_study.ts";
import { closeSharedReader } from "../../src/radiograph/shared_reader.ts";
import { filmElements } from "../radiograph/every_container.ts";
import { dicomFile, type Element } from "../radiograph/make_dicom.ts";
import { TOKEN, writeToyCohort, writeToyModels } from "./toy_models.ts";

const folder = await Deno.makeTempDir();
const models = `${folder}/models`, out = `${folder}/study`;
await writeToyModels(models);
const cohortFile = await writeToyCohort(folder);
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

async function runToy(options: Partial<RunStudyOptions> = {}): Promise<StudySummary> {
  const cohort = await fileStudyCohort(cohortFile);
  return await runStudy(cohort, { out, models, device: "cpu", ...options });
}

const page = (study: string) =>
  Deno.readTextFile(`${study}/study.json`).then((text) => `<!doctype html>${text.length}`);

Deno.test("runStudy: writes every table, one row per head, joined by head_id, split by patient", async () => {
  const { heads, failures, reused, record } = await runToy({ buildPage: page });
  assertEquals([heads, failures, reused], [76, 0, false]);
  assertEquals(record.split.proof.crossing, 0);
  assertEquals(record.software.deno, Deno.version.deno);
  assertEquals(record.cohort.gradeCounts, { 0: 64, 1: 3, 2: 3, 3: 3, 4: 3 });
  const ids = textsOf(await readTable(`${out}/heads.parquet`), "head_id");
  for (const name of ["latents", "deviations", "projection"]) {
    assertEquals(textsOf(await readTable(`${out}/${name}.parquet`), "head_id"), ids, name);
  }
  const deviations = await readTable(`${out}/deviations.parquet`);
  for (
    const name of ["distance", "percentile", "percentile_low", "percentile_high", "residual", "combined"]
  ) {
    assert(numbersOf(deviations, name).every(Number.isFinite), name);
  }
  for (const id of ids) await Deno.stat(`${out}/crops/${id}.png`);
  const { rays, heads: outlines } = JSON.parse(await Deno.readTextFile(`${out}/outlines.json`));
  const measured = await readTable(`${out}/heads.parquet`);
  const [radius, area] = ["radius_px", "area_px"].map((name) => numbersOf(measured, name));
  ids.forEach((id, i) => {
    if (!Number.isFinite(radius[i])) return assertEquals(outlines[id], undefined); // a ready-made crop
    const { found } = outlines[id];
    assertEquals(found.length, rays);
    const sector = Math.sin(2 * Math.PI / rays) / 2 * (radius[i] / 1000) ** 2;
    const inside = found.reduce(
      (sum: number, r: number, k: number) => sum + sector * r * found[(k + 1) % rays],
      0,
    );
    assert(Math.abs(inside / area[i] - 1) < 0.1, `${id}: outline holds ${inside} px, mask ${area[i]}`);
  });
});

Deno.test("runStudy: comparisons contain the pair tests, also without healthy hips of diseased patients, and detection by every measure", async () => {
  const found = JSON.parse(await Deno.readTextFile(`${out}/comparisons.json`));
  assertEquals(found.pairs.length, 10);
  assertEquals(found.naming, { value: "distance", group: "grade", cluster: "patient" });
  const measures = new Set(found.detection.map((each: { measure: string }) => each.measure));
  assertEquals([...measures].sort(), ["combined", "distance", "pca", "residual"]);
  assertEquals(found.withoutDiseasedPatients.pairs.length, 10);
  const healthy = found.groups[0], apart = found.withoutDiseasedPatients.groups[0];
  assert(apart.n < healthy.n, "hips of grade 0 of diseased patients are left out");
});

Deno.test("runStudy: a second run reuses everything, and a new run writes the same bytes", async () => {
  const before = { ...await hashOutputs(out), study: await Deno.readTextFile(`${out}/study.json`) };
  assert((await runToy({ buildPage: page })).reused);
  await Deno.remove(out, { recursive: true });
  const again = await runToy({ buildPage: page });
  assert(!again.reused);
  assertEquals({ ...await hashOutputs(out), study: await Deno.readTextFile(`${out}/study.json`) }, before);
});

Deno.test("runStudy: says once what a cohort without a name is called, and how to name it", async () => {
  const noted = async (name?: string) => {
    const notes: string[] = [], cohort = await fileStudyCohort(cohortFile, { name });
    const options = { out: `${folder}/named`, models, device: "cpu", signal: AbortSignal.abort() } as const;
    await runStudy(cohort, { ...options, note: (line) => notes.push(line) }).catch(() => {});
    return [cohort.name, notes.filter((line) => line.includes("--name"))];
  };
  const [called, said] = await noted();
  assertEquals(said, [`The cohort is called "${called}", after its file's hash; --name gives it a name.`]);
  assertEquals(await noted("Hip clinic"), ["Hip clinic", []]);
});

Deno.test("runStudy: damaged files of a study are detected and written again", async () => {
  const before = await hashOutputs(out);
  await Deno.writeTextFile(`${out}/heads.parquet`, "torn");
  await Deno.remove(`${out}/.work/heads-00001.json`);
  await Deno.writeTextFile(`${out}/.work/heads-00000.crops`, "torn");
  assert(!(await runToy({ buildPage: page })).reused);
  assertEquals(await hashOutputs(out), before);
});

Deno.test("verifyStudy: accepts an unchanged study and names changed files", async () => {
  const hashed: number[] = [];
  const { files, ...unchanged } = await verifyStudy(out, {
    onFile: (done, total) => hashed.push(done / total),
  });
  assertEquals(unchanged, { ok: true, differences: [] });
  assertEquals([hashed.length, hashed.at(-1)], [files, 1]);
  const kept = await Deno.readFile(`${out}/failures.csv`);
  await Deno.writeTextFile(`${out}/failures.csv`, "changed");
  await Deno.writeTextFile(`${out}/crops/stranger.png`, "new");
  const { ok, differences } = await verifyStudy(out);
  assertEquals(ok, false);
  assertEquals(differences.map((each) => each.what), ["crops/stranger.png", "failures.csv"]);
  await Deno.remove(`${out}/crops/stranger.png`);
  await Deno.writeFile(`${out}/failures.csv`, kept);
  assert((await verifyStudy(out)).ok);
});

Deno.test("verifyStudy: distances of training heads are leave-one-out only if the record says that the model was fitted here", async () => {
  const path = `${out}/study.json`, text = await Deno.readTextFile(path), record = JSON.parse(text);
  assertEquals(record.fittedOn.here, true);
  await Deno.writeTextFile(
    path,
    JSON.stringify({ ...record, fittedOn: { ...record.fittedOn, here: false } }),
  );
  const { differences } = await verifyStudy(out);
  assert(differences.some(({ what }) => what.startsWith("distance of ")), JSON.stringify(differences));
  await Deno.writeTextFile(path, text);
});

Deno.test("runStudy: heads without a grade are scored, held out and not compared", async () => {
  const path = `${folder}/ungraded.csv`, study = `${folder}/ungraded`;
  const lines = (await Deno.readTextFile(cohortFile)).trim().split("\n");
  const blank = lines.map((line, i) =>
    i > 0 && i % 10 === 0 ? line.replace(/,(right|left),\d,/, ",$1,,") : line
  );
  await Deno.writeTextFile(path, `${blank.join("\n")}\n`);
  const { record } = await runStudy(await fileStudyCohort(path), { out: study, models, device: "cpu" });
  const count = record.cohort.gradeCounts.ungraded;
  assertEquals(count, 7);
  assert(record.notes.some((note) => /rows 11, 21, .*no grade is given/.test(note)), record.notes.join("\n"));
  const heads = await readTable(`${study}/heads.parquet`);
  const grade = numbersOf(heads, "grade"),
    split = textsOf(heads, "split"),
    patient = textsOf(heads, "patient");
  const of = new Set(patient.filter((_, i) => grade[i] === -1));
  assertEquals(new Set(split.filter((_, i) => of.has(patient[i]))), new Set(["held-out"]));
  const distance = numbersOf(await readTable(`${study}/deviations.parquet`), "distance");
  assert(distance.every(Number.isFinite));
  const { groups } = JSON.parse(await Deno.readTextFile(`${study}/comparisons.json`));
  const compared = groups.reduce((sum: number, { n }: { n: number }) => sum + n, 0);
  assertEquals(groups.map(({ group }: { group: string }) => group), ["0", "1", "2", "3", "4"]);
  assertEquals(compared, split.filter((name, i) => name === "held-out" && grade[i] >= 0).length);
  assertEquals((await verifyStudy(study)).differences, []);
});

Deno.test("runStudy: no output contains the name of a patient, film, folder or cohort file", async () => {
  await searchForToken(out);
});

/** Fails if a file below `path`, or its name, contains the token. */
async function searchForToken(path: string): Promise<void> {
  for await (const entry of Deno.readDir(path)) {
    const inside = `${path}/${entry.name}`;
    assert(!entry.name.includes(TOKEN), inside);
    if (entry.isDirectory) await searchForToken(inside);
    else {
      const bytes = await Deno.readFile(inside);
      assert(!new TextDecoder("latin1").decode(bytes).includes(TOKEN), inside);
      if (!inside.endsWith(".parquet")) continue;
      assert(!JSON.stringify(await readTable(inside)).includes(TOKEN), inside); // decompressed
    }
  }
}

Deno.test("runStudy: unusable films become rows of failures.csv, the rest continues, and conflicts are reported by row", async () => {
  const lines = (await Deno.readTextFile(cohortFile)).split("\n");
  await Deno.writeTextFile(`${folder}/empty.png`, "");
  await Deno.writeTextFile(`${folder}/${TOKEN}.dcm`, "not a film");
  lines.splice(
    1,
    0,
    "empty.png,E1,right,0,50,M,A",
    `${TOKEN}.dcm,E2,left,2,50,M,A`,
    "gone.png,E3,left,2,50,M,A",
    "side.dcm,E4,right,0,50,M,A",
    "side.dcm,E4,right,0,50,M,A",
  );
  await Deno.writeFile(`${folder}/side.dcm`, await namedFilm(`${folder}/${TOKEN}-films/${TOKEN}_0.png`));
  const path = `${folder}/broken.csv`;
  await Deno.writeTextFile(path, lines.join("\n"));
  const study = `${folder}/broken`;
  const { heads, failures, record } = await runStudy(await fileStudyCohort(path), {
    out: study,
    models,
    device: "cpu",
  });
  assertEquals([heads, failures], [77, 3]);
  const table = await readTable(`${study}/failures.csv`);
  assertEquals(textsOf(table, "code"), ["empty", "not-an-image", "not-found"]);
  assertEquals([...numbersOf(table, "row")], [2, 3, 4]);
  await searchForToken(study);
  // Conflicts are reported by row: the same head twice, a side that contradicts the header, an image under two
  // patients.
  const said = record.notes.join("\n");
  assertMatch(said, /rows 5, 6: one head is listed more than once/);
  assertMatch(said, /row 5: the row says right, the film's header says left/);
  assertMatch(said, /rows 5, 7, 8: the same image is listed under 2 patients/);
});

/** A film as DICOM whose header says left hip and has the token in every tag that may name a person. */
async function namedFilm(path: string): Promise<Uint8Array> {
  const { widthPx, heightPx, pixels } = await parseRadiograph(await Deno.readFile(path));
  const words = new Uint8Array(Uint16Array.from(pixels).buffer);
  const elements: Element[] = [
    ["00080050", "SH", TOKEN],
    ["00080080", "LO", TOKEN],
    ["00081030", "LO", TOKEN],
    ["00100010", "PN", `${TOKEN}^Jane`],
    ["00100020", "LO", TOKEN],
    ["00180015", "CS", TOKEN],
    ["00200060", "CS", "L"],
    ["00204000", "LT", TOKEN],
  ];
  const film = { words: new Uint16Array(words.buffer), widthPx, heightPx, bitsStored: 16 };
  const all = [...elements, ...filmElements(film, ["7FE00010", "OW", words])];
  return dicomFile(all.toSorted((a, b) => a[0] < b[0] ? -1 : 1));
}

Deno.test("runStudy: changed or missing models stop the run before any film is read", async () => {
  const bad = `${folder}/bad-models`;
  await writeToyModels(bad);
  const bytes = await Deno.readFile(`${bad}/encoder.onnx`);
  bytes[bytes.length >> 1] ^= 1;
  await Deno.writeFile(`${bad}/encoder.onnx`, bytes);
  const study = `${folder}/never`;
  const error = await runToy({ out: study, models: bad }).then(() => null, (error) => error);
  assert(error instanceof ModelIntegrityError);
  assert(error.message.includes(error.expectedSha256!) && error.message.includes(error.actualSha256!));
  await assertRejects(
    () => runToy({ out: study, models: `${folder}/none` }),
    IntegrityError,
    "Cannot find the models: there is no",
  );
  assertEquals(await Deno.stat(study).then(() => true, () => false), false);
});

Deno.test("runStudy: of two runs at once, the second is rejected", async () => {
  using _lock = await lockStudy(out);
  await assertRejects(() => runToy(), LockedError);
});

Deno.test("runStudy: after an abort, the next run gives the same result", async () => {
  const study = `${folder}/aborted`, controller = new AbortController();
  const stopping = runToy({
    out: study,
    buildPage: page,
    signal: controller.signal,
    progress: () => ({
      update: (done) => done >= 20 && controller.abort(new DOMException("enough", "AbortError")),
      end: () => {},
    }),
  });
  assertEquals((await stopping.then(() => null, (error) => error))?.name, "AbortError");
  await runToy({ out: study, buildPage: page });
  assertEquals(await hashOutputs(study), await hashOutputs(out));
});

Deno.test("exportPack, importPack: the pack gives the scores of the study; a damaged one is rejected", async () => {
  const file = `${folder}/toy.caput.zip`, imported = `${folder}/imported`;
  const { reference } = await exportPack(out, { out: file, models });
  await importPack(file, { out: imported });
  await assertRejects(() => importPack(file, { out }), InputError, "it is the folder of a study");
  const opened = await loadModels(imported, { device: "cpu" });
  assertEquals(opened.normative.reference, reference);
  const film = [...Deno.readDirSync(`${folder}/${TOKEN}-films`)].map((entry) => entry.name).sort()[0];
  const { heads } = await scoreRadiograph(`${folder}/${TOKEN}-films/${film}`, opened);
  assertEquals(heads.map((head) => head.side), ["right", "left"]);
  assert(
    heads.every((head) => Number.isFinite(head.distance) && head.percentile >= 0 && head.percentile <= 100),
  );
  // Residuals do not depend on the subset, so they must be those of the study.
  const residuals = numbersOf(await readTable(`${out}/deviations.parquet`), "residual");
  for (const { residual } of heads) {
    const gap = Math.min(...Array.from(residuals, (each) => Math.abs(each - residual)));
    assert(gap < 1e-6 * residual, `${residual} is no residual of the study`);
  }
  await closeSharedReader();
  const bytes = await Deno.readFile(file);
  await Deno.writeFile(`${folder}/torn.zip`, bytes.slice(0, bytes.length >> 1));
  await assertRejects(
    () => importPack(`${folder}/torn.zip`, { out: imported }),
    IntegrityError,
    "a complete zip",
  );
});
