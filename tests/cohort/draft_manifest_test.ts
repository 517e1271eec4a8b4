import { assertEquals } from "@std/assert";
import { draftManifest, manifestText } from "../../src/cohort/draft_manifest.ts";
import { readCohort } from "../../src/cohort/read_cohort.ts";
import { parseGradeMap } from "../../src/cohort/value_map.ts";
import type { Side } from "../../src/types.ts";

/** Replaces the command line's check by one of names: `.txt` is not a film, `_hdrL` has a side in its header. */
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

Deno.test("draftManifest: folder names give patients, words in file names and headers give sides; a film without a side gets two rows; grades are blank", async () => {
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

Deno.test("draftManifest: a pattern extracts patient, side and grade from file names; a side that conflicts with the header is reported", async () => {
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

Deno.test("draftManifest: a drafted cohort file whose grades have been filled in has no problems", async () => {
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

Deno.test("draftManifest: films with running numbers, camera names or a shared surname get separate patients, and these names are reported as uncertain", async () => {
  const films = [
    ...Array.from({ length: 30 }, (_, i) => `Aufnahme ${String(i + 1).padStart(2, "0")}.png`),
    "IMG_0012.png",
    "IMG_0013.png",
    "Mueller_Hans_0012.png",
    "Mueller_Hans_0013.png",
    "grade 3/a 1.png",
    "grade 3/a 2.png",
    "2019-03/b 1.png",
    "2019-03/b 2.png",
  ];
  await withFiles(films, async (folder) => {
    const { rows, needs, patterns } = await draftManifest(folder, { look });
    assertEquals(new Set(rows.map(({ patient }) => patient)).size, films.length);
    assertEquals(
      new Set(needs.filter(({ column }) => column === "patient").map(({ row }) => row)).size,
      rows.length,
    );
    assertEquals(patterns[0], {
      like: "Aufnahme ##.png",
      films: 30,
      example: "Aufnahme 01.png",
      patient: "Aufnahme 01",
      patientSure: false,
      side: "both",
    });
    const pattern = /(?<patient>\d+)/;
    const declared = await draftManifest(folder, { look, pattern });
    assertEquals(declared.rows.find(({ radiograph }) => radiograph === "IMG_0012.png")?.patient, "0012");
  });
});

Deno.test("draftManifest: files whose names differ only in the side are one patient, and so are the two films of a numbered folder", async () => {
  await withFiles([
    "0012_R.png",
    "0012_L.png",
    "0013_L.png",
    "P7/x.png",
    "P7/y.png",
    "links_14.png",
    "rechts_14.png",
  ], async (folder) => {
    const { rows, needs } = await draftManifest(folder, { look });
    assertEquals(rows.map(({ radiograph, patient, side }) => [radiograph, patient, side]), [
      ["0012_L.png", "0012", "left"],
      ["0012_R.png", "0012", "right"],
      ["0013_L.png", "0013", "left"],
      ["P7/x.png", "P7", "right"],
      ["P7/x.png", "P7", "left"],
      ["P7/y.png", "P7", "right"],
      ["P7/y.png", "P7", "left"],
      ["links_14.png", "14", "left"],
      ["rechts_14.png", "14", "right"],
    ]);
    assertEquals(needs.filter(({ column }) => column === "patient").map(({ row }) => row), [4]);
  });
});

Deno.test("draftManifest: film paths are relative to the folder of the cohort file", async () => {
  await withFiles(["films/a_R.png", "lists/x.txt"], async (folder) => {
    const at = async (from: string) =>
      (await draftManifest(`${folder}/films`, { look, from })).rows.map(({ radiograph }) => radiograph);
    assertEquals(await at(folder), ["films/a_R.png"]);
    assertEquals(await at(`${folder}/lists`), ["../films/a_R.png"]);
    assertEquals(await at(`${folder}/films`), ["a_R.png"]);
  });
});
