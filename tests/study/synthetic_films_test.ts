import { assert, assertEquals } from "@std/assert";
import { writePhantom } from "../../src/phantom/files/write_phantom.ts";
import { smallCohort } from "../../src/phantom/patient/paper_cohort.ts";
import { fileStudyCohort } from "../../src/study/cohort/file_study_cohort.ts";
import { readTable } from "../../src/files/read_table.ts";
import { textsOf } from "../../src/files/table.ts";
import { LEARNT_FILE, learntHeads } from "../../src/study/models/learnt_heads.ts";
import { SHIPPED_MODELS } from "../../src/study/models/read_models.ts";
import { writeModels } from "../../src/study/models/write_models.ts";
import { runStudy } from "../../src/study/run_study.ts";
import { fillCohortPool } from "../../src/study/train/fill_cohort_pool.ts";

/** Films of the phantom's small cohort on disk, as `caput phantom` writes them. */
const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
const small = smallCohort(1);
const { cohortFile } = await writePhantom({ ...small, patients: small.patients.slice(0, 16) }, {
  outDir: `${folder}/films`,
  widthPx: 384,
});
const cohort = await fileStudyCohort(cohortFile, { out: `${folder}/study` });

Deno.test("a study of films of caput phantom is called synthetic", async () => {
  assertEquals(cohort.kind, "cohort");
  const notes: string[] = [];
  const { record } = await runStudy(cohort, {
    out: `${folder}/study`,
    device: "cpu",
    note: (line) => notes.push(line),
  });
  assertEquals(record.cohort.kind, "synthetic");
  assertEquals([record.fittedOn.here, record.fittedOn.limitsHere], [false, false], "16 patients are too few");
  assert(notes.some((line) => line.startsWith("All films are synthetic")), notes.join("\n"));
  const again = await runStudy(cohort, { out: `${folder}/study`, device: "cpu" });
  assertEquals([again.reused, again.record.cohort.kind], [true, "synthetic"]);
});

Deno.test("training data of a U-Net that are films of caput phantom are recorded as synthetic", async () => {
  const { data } = await fillCohortPool(cohort, { seed: 1 });
  assertEquals(data.kind, "synthetic");
  assert(data.notes.some((line) => line.startsWith("All films are synthetic")), data.notes.join("\n"));
});

Deno.test("a study does not compare heads that its models were trained on", async () => {
  const models = `${folder}/models`;
  await Deno.mkdir(models);
  for (const { name, isFile } of Deno.readDirSync(SHIPPED_MODELS)) {
    if (isFile) await Deno.copyFile(`${SHIPPED_MODELS}/${name}`, `${models}/${name}`);
  }
  const columns = async (study: string) => {
    const table = await readTable(`${folder}/${study}/heads.parquet`);
    return {
      patients: textsOf(table, "patient"),
      films: textsOf(table, "film"),
      splits: textsOf(table, "split"),
    };
  };
  const before = await columns("study"), known = new Set(before.patients.slice(-6));
  const learnt = before.patients.map((patient, i) => ({
    ...{ patient, film: before.films[i] },
    split: known.has(patient) ? "train" as const : "held-out" as const,
  }));
  await writeModels(models, {
    files: { [LEARNT_FILE]: JSON.stringify(learntHeads(learnt, { pixels: {}, keyed: true })) },
    plan: {},
  });
  const notes: string[] = [];
  await runStudy(cohort, { out: `${folder}/again`, models, device: "cpu", note: (line) => notes.push(line) });
  const after = await columns("again");
  assertEquals(after.patients, before.patients);
  const moved = after.patients.filter((patient, i) => {
    assertEquals(after.splits[i], known.has(patient) ? "train" : before.splits[i], patient);
    return after.splits[i] !== before.splits[i];
  });
  assert(moved.length > 0);
  assert(notes.some((line) => line.startsWith("The models learnt from ")), notes.join("\n"));
});
