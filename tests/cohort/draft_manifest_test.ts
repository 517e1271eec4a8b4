import { assertEquals } from "@std/assert";
import { draftManifest, manifestText } from "../../src/cohort/draft_manifest.ts";
import { readCohort } from "../../src/cohort/read_cohort.ts";
import { parseGradeMap } from "../../src/cohort/value_map.ts";
import type { Side } from "../../src/types.ts";

/** Looks as the command line does, but at names: `.txt` is no film, `_hdrL` has a header side. */
const look = (path: string): Promise<{ side: Side } | { reason: string }> =>
  Promise.resolve(
    path.endsWith(".txt") ? { reason: "not-an-image" } : { side: path.includes("hdrL") ? "left" : "unknown" },
  );

async function withFiles(names: string[], use: (folder: string) => Promise<void>) {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    for (const name of names) {
      await Deno.mkdir(`${folder}/${name}/..`.replace(/\/[^/]*\/\.\.$/, ""), { recursive: true });
      await Deno.writeTextFile(`${folder}/${name}`, "");
    }
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("draftManifest: folders name patients, words name sides, two hips where nothing does; grades stay blank", async () => {
  await withFiles([
    "p1/hip_R.dcm",
    "p2/pelvis.dcm",
    "p3/hip_hdrL.dcm",
    "loose_left.png",
    "notes.txt",
    ".hidden.dcm",
  ], async (folder) => {
    const { rows, needs, skipped } = await draftManifest(folder, { look });
    assertEquals(rows.map(({ radiograph, patient, side, grade }) => [radiograph, patient, side, grade]), [
      ["loose_left.png", "loose", "left", ""],
      ["p1/hip_R.dcm", "p1", "right", ""],
      ["p2/pelvis.dcm", "p2", "right", ""],
      ["p2/pelvis.dcm", "p2", "left", ""],
      ["p3/hip_hdrL.dcm", "p3", "left", ""],
    ]);
    assertEquals(needs.filter(({ column }) => column === "grade").length, 5);
    assertEquals(needs.filter(({ column }) => column === "side").map(({ row }) => row), [4]);
    assertEquals(skipped, [{ file: "notes.txt", reason: "not-an-image" }]);
  });
});

Deno.test("draftManifest: a pattern names patient, side and grade; a conflict with the header is shown", async () => {
  await withFiles(["s-01_L_II.dcm", "s-02_R_hdrL_0.dcm", "odd.dcm"], async (folder) => {
    const pattern = /^(?<patient>s-\d+)_(?<side>[LR])_(?:hdrL_)?(?<grade>\w+)\./;
    const { rows, needs } = await draftManifest(folder, { look, pattern, gradeMap: parseGradeMap("II=2") });
    assertEquals(rows.slice(2).map(({ patient, side, grade }) => [patient, side, grade]), [[
      "s-01",
      "left",
      "2",
    ], ["s-02", "right", "0"]]);
    assertEquals(needs.filter(({ row }) => row === 5).map(({ reason }) => reason), [
      "name and header disagree",
    ]);
    assertEquals(needs.filter(({ column }) => column === "patient").length, 2);
  });
});

Deno.test("a drafted file with its grades filled in is a cohort", async () => {
  await withFiles(["=1+1/a_R.dcm", "p2/b_L.dcm"], async (folder) => {
    const { rows } = await draftManifest(folder, { look });
    await Deno.writeTextFile(
      `${folder}/cohort.csv`,
      manifestText(rows.map((row) => ({ ...row, grade: "0" }))),
    );
    const cohort = await readCohort(`${folder}/cohort.csv`);
    assertEquals(cohort.problems, []);
    assertEquals(cohort.rows.map(({ radiograph, patient }) => [radiograph, patient]), [[
      `${folder}/=1+1/a_R.dcm`,
      "=1+1",
    ], [`${folder}/p2/b_L.dcm`, "p2"]]);
  });
});
