import { assert, assertEquals } from "@std/assert";
import { writePhantom } from "../../src/phantom/files/write_phantom.ts";
import { smallCohort } from "../../src/phantom/patient/paper_cohort.ts";
import { fileStudyCohort } from "../../src/study/cohort/file_study_cohort.ts";
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
  assert(notes.some((line) => line.startsWith("All films are synthetic")), notes.join("\n"));
  const again = await runStudy(cohort, { out: `${folder}/study`, device: "cpu" });
  assertEquals([again.reused, again.record.cohort.kind], [true, "synthetic"]);
});

Deno.test("a U-Net trained on films of caput phantom is said to have learnt from synthetic ones", async () => {
  const { data } = await fillCohortPool(cohort, { seed: 1 });
  assertEquals(data.kind, "synthetic");
  assert(data.notes.some((line) => line.startsWith("All films are synthetic")), data.notes.join("\n"));
});
