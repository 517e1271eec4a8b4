import { dirname } from "node:path";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { CohortError } from "../../src/cohort/cohort_error.ts";
import { parseColumnMap } from "../../src/cohort/find_columns.ts";
import { type CohortOptions, readCohort, requireSound } from "../../src/cohort/read_cohort.ts";
import { parseGradeMap, parseSideMap } from "../../src/cohort/value_map.ts";
import { withCohort } from "./with_cohort.ts";
import { InputError } from "../../src/input_error.ts";

const header = "radiograph,patient,side,grade\n";
const good = header + "a.dcm,p1,right,0\na.dcm,p1,left,2\nb.dcm,p2,R,0\n";

/** Reads a cohort from a text. */
async function read(content: string | Uint8Array, options: CohortOptions = {}) {
  let cohort!: Awaited<ReturnType<typeof readCohort>>;
  await withCohort(content, async (path) => {
    cohort = await readCohort(path, options);
  });
  return cohort;
}

/** Codes of a cohort's problems, with their rows. */
async function problems(content: string | Uint8Array, options: CohortOptions = {}) {
  return (await read(content, options)).problems.map(({ code, rows }) => [code, ...rows]);
}

/** The part of a cohort that does not depend on how the file is written. */
function essence({ rows }: { rows: readonly { patient: string; side: string; grade: number }[] }) {
  return rows.map(({ patient, side, grade }) => [patient, side, grade]);
}

const expected = [["p1", "right", 0], ["p1", "left", 2], ["p2", "right", 0]];

Deno.test("readCohort: rows have absolute film paths, head ids relative to the cohort file's folder, and spreadsheet row numbers", async () => {
  await withCohort(good, async (path, folder) => {
    const { rows, problems, dropped } = await readCohort(path);
    assertEquals([problems, dropped], [[], 0]);
    assertEquals(rows[1], {
      row: 3,
      headId: "a.dcm#left",
      radiograph: `${folder}/a.dcm`,
      patient: "p1",
      side: "left",
      grade: 2,
    });
  });
});

Deno.test("readCohort: UTF-8 and UTF-16 in both byte orders, with and without byte order mark, give the same rows", async () => {
  const utf16 = (text: string, little: boolean) => {
    const bytes = new Uint8Array(text.length * 2), view = new DataView(bytes.buffer);
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), little);
    return bytes;
  };
  for (
    const bytes of [
      utf16("\ufeff" + good, true),
      utf16("\ufeff" + good, false),
      utf16(good, true),
      utf16(good, false),
    ]
  ) {
    assertEquals(essence(await read(bytes)), expected);
  }
  assertEquals(essence(await read("\ufeff" + good)), expected);
});

Deno.test("readCohort: semicolons, tabs, a sep= line, CRLF, CR, no final line end, blank lines and spaces around cells do not change the rows", async () => {
  for (
    const text of [
      good.replaceAll(",", ";"),
      good.replaceAll(",", "\t"),
      "sep=;\r\n" + good.replaceAll(",", ";"),
      good.replaceAll("\n", "\r\n"),
      good.replaceAll("\n", "\r"),
      good.trimEnd(),
      good.replaceAll("\n", "\n\n"),
      good.replaceAll(",", " , "),
    ]
  ) assertEquals(essence(await read(text)), expected, JSON.stringify(text.slice(0, 40)));
});

Deno.test("readCohort: quoted cells may contain separators, quotes and line ends; row numbers still match a spreadsheet", async () => {
  const text =
    'radiograph,patient,side,grade,site\n"a,1.dcm","p ""1""",right,0,"North\nwing"\nb.dcm,p2,left,9,x\n';
  const cohort = await read(text);
  assertEquals([cohort.rows[0].headId, cohort.rows[0].patient, cohort.rows[0].site], [
    "a,1.dcm#right",
    'p "1"',
    "North\nwing",
  ]);
  assertEquals(cohort.problems.map(({ code, rows }) => [code, ...rows]), [["unknown-grade", 3]]);
});

Deno.test("readCohort: an unclosed quote is reported with its row", async () => {
  await assertRejects(() => read(header + 'a.dcm,"p1,right,0\n'), CohortError, "row 2: a quote is opened");
});

Deno.test("readCohort: a file in Windows-1252 instead of UTF-8 is read with a warning", async () => {
  const bytes = new TextEncoder().encode(header + "a.dcm,Mller,right,0\n");
  const at = bytes.indexOf("M".charCodeAt(0));
  const western = new Uint8Array([...bytes.subarray(0, at + 1), 0xfc, ...bytes.subarray(at + 1)]);
  const cohort = await read(western);
  assertEquals(cohort.rows[0].patient, "Müller");
  assertEquals(cohort.problems.map(({ code, severity }) => [code, severity]), [["encoding", "warning"]]);
});

Deno.test("readCohort rejects files that are not cohorts: missing, a folder, binary, empty, header only", async () => {
  await assertRejects(() => readCohort("/nowhere/cohort.csv"), CohortError, "it does not exist");
  const folder = await Deno.makeTempDir();
  await assertRejects(() => readCohort(folder), CohortError, "not a regular file");
  await Deno.remove(folder);
  await assertRejects(
    () => read(Uint8Array.of(0x89, 0x50, 0, 0, 0, 13, 0, 0, 0, 0, 1)),
    CohortError,
    "not a text file",
  );
  await assertRejects(() => read(""), CohortError, "it is empty");
  await assertRejects(() => read("\n\n"), CohortError, "it is empty");
  await assertRejects(() => read(header), CohortError, "a header but no rows");
});

Deno.test("readCohort: columns may have any order and case, unknown columns are ignored; missing and duplicate columns are reported", async () => {
  const mixed = "Note,GRADE,Side,patient,Radiograph\nx,0,right,p1,a.dcm\nx,2,left,p1,a.dcm\nx,0,R,p2,b.dcm\n";
  assertEquals(essence(await read(mixed)), expected);
  const faults = async (content: string) => requireSound(await read(content));
  await assertRejects(() => faults("file,patient,side\na,p,right\n"), CohortError, "lacks radiograph, grade");
  await assertRejects(
    () => faults("radiograph,patient,side,grade,Grade\na,p,right,0,1\n"),
    CohortError,
    "grade appears twice",
  );
});

Deno.test("readCohort: a cohort of ready-made crops needs no radiograph column; each row needs a film or a crop", async () => {
  const { rows } = await read("crop,patient,side,grade\nc1.png,p1,right,0\n");
  assertEquals([rows[0].radiograph, rows[0].headId, rows[0].crop?.endsWith("/c1.png")], [
    "",
    "c1.png#right",
    true,
  ]);
  assertEquals(await problems(header + ",p1,right,0\n"), [["no-picture", 2]]);
});

Deno.test("readCohort: rows with too few or too many cells are errors with their row numbers", async () => {
  assertEquals(await problems(header + "a.dcm,p1,right\nb.dcm,p2,left,0\nc.dcm,p3,left,0,extra\n"), [
    ["ragged-row", 2],
    ["ragged-row", 4],
  ]);
});

Deno.test('grades "NA", "7", "1.5", "II", "-1" are errors; "2.0" is 2 and a blank is ungraded, both with a warning', async () => {
  const blank = await read(header + "a.dcm,p1,right,\nb.dcm,p2,right,0\nc.dcm,p3,right,\n");
  assertEquals(blank.rows.map(({ grade }) => grade), [-1, 0, -1]);
  assertEquals(blank.problems.map(({ severity, rows }) => [severity, ...rows]), [["warning", 2], [
    "warning",
    4,
  ]]);
  const cells = ["NA", "7", "1.5", "II", "-1"];
  const text = header + cells.map((cell, i) => `f${i}.dcm,p${i},right,${cell}\n`).join("");
  assertEquals(await problems(text), cells.map((_, i) => ["unknown-grade", i + 2]));
  const floats = await read(header + "a.dcm,p1,right,2.0\n");
  assertEquals(floats.rows[0].grade, 2);
  assertEquals(floats.problems[0].severity, "warning");
});

Deno.test("readCohort: a grade map gives texts a grade or drops their rows; texts that the map lacks are errors", async () => {
  const text = header + "a.dcm,p1,right,I\nb.dcm,p2,right,NA\nc.dcm,p3,right,III\nd.dcm,p4,right,0\n";
  const cohort = await read(text, { gradeMap: parseGradeMap("I=1, II=2, NA=drop") });
  assertEquals(cohort.rows.map(({ grade }) => grade), [1, 0]);
  assertEquals(cohort.dropped, 1);
  assertEquals(cohort.problems.map(({ code, rows }) => [code, ...rows]), [["unknown-grade", 4]]);
});

Deno.test("readCohort: sides are R, L, right, left or unknown in any case; a blank is unknown; other words need a side map", async () => {
  const cells = ["R", "l", "Right", "LEFT", "", "unknown"];
  const text = header + cells.map((cell, i) => `f${i}.dcm,p${i},${cell},0\n`).join("");
  assertEquals((await read(text)).rows.map(({ side }) => side), [
    "right",
    "left",
    "right",
    "left",
    "unknown",
    "unknown",
  ]);
  const spanish = header + "a.dcm,p1,D,0\nb.dcm,p2,I,0\n";
  assertEquals(await problems(spanish), [["unknown-side", 2], ["unknown-side", 3]]);
  const mapped = await read(spanish, { sideMap: parseSideMap("D=right,I=left") });
  assertEquals(mapped.rows.map(({ side }) => side), ["right", "left"]);
});

Deno.test("readCohort: duplicate rows are merged with a warning; rows with conflicting grades of one head are reported, and requireSound rejects them", async () => {
  const twice = await read(header + "a.dcm,p1,right,0\nb.dcm,p2,left,1\na.dcm,p1,R,0\n");
  assertEquals(twice.rows.length, 2);
  assertEquals(twice.problems.map(({ code, severity, rows }) => [code, severity, ...rows]), [[
    "duplicate-row",
    "warning",
    2,
    4,
  ]]);
  const conflict = await read(header + "a.dcm,p1,right,0\nb.dcm,p2,left,1\na.dcm,p1,right,3\n");
  assertEquals(conflict.problems.map(({ code, rows }) => [code, ...rows]), [["conflicting-grades", 2, 4]]);
  const error = await Promise.resolve(conflict).then(requireSound).catch((error) => error);
  assert(error instanceof CohortError);
  assert(error.message.includes("rows 2, 4: one head has grades 0 and 3"), error.message);
});

Deno.test("readCohort reports one film of two patients, a film listed with and without a side, and patients with similar names", async () => {
  assertEquals(await problems(header + "a.dcm,p1,right,0\na.dcm,p2,left,0\n"), [[
    "film-of-two-patients",
    2,
    3,
  ]]);
  assertEquals(await problems(header + "a.dcm,p1,right,0\na.dcm,p1,,0\n"), [["ambiguous-side", 2, 3]]);
  assertEquals(
    await problems(header + "a.dcm,007,right,0\nb.dcm,7,right,0\nc.dcm,P 1,left,0\nd.dcm,p1,left,0\n"),
    [
      ["alike-patients", 2, 3],
      ["alike-patients", 4, 5],
    ],
  );
});

Deno.test("readCohort: patient names that a spreadsheet turned into numbers or errors, and missing names, are errors", async () => {
  const cells = ["1.23E+11", "#N/A", "", "4,5E+12"];
  const text = header + cells.map((cell, i) => `f${i}.dcm,"${cell}",right,0\n`).join("");
  assertEquals(await problems(text), cells.map((_, i) => ["bad-patient", i + 2]));
});

Deno.test("readCohort: __proto__, constructor and Unicode names are valid patients, but not valid grades or sides", async () => {
  const names = ["__proto__", "constructor", "toString", "Зоя", "李四", "e\u0301tienne"];
  const text = header + names.map((name, i) => `__proto__${i}.dcm,${name},right,0\n`).join("");
  const cohort = await read(text);
  assertEquals(cohort.rows.map(({ patient }) => patient), [...names.slice(0, 5), "\u00e9tienne"]);
  assertEquals(cohort.problems, []);
  assertEquals(await problems(header + "a.dcm,p1,right,__proto__\n"), [["unknown-grade", 2]]);
  assertEquals(await problems(header + "a.dcm,p1,constructor,0\n"), [["unknown-side", 2]]);
});

Deno.test("readCohort: text that a browser or spreadsheet would execute is kept unchanged; an apostrophe in front of =, + or @ is removed", async () => {
  const { rows } = await read(
    "radiograph,patient,side,grade,site\na.dcm,\"<img src=x onerror=alert(1)>\",right,0,</script>\nb.dcm,'=SUM(A1),left,0,'@x\n",
  );
  assertEquals(rows.map(({ patient }) => patient), ["<img src=x onerror=alert(1)>", "=SUM(A1)"]);
  assertEquals(rows.map(({ site }) => site), ["</script>", "@x"]);
});

Deno.test("readCohort: ages are numbers from 0 to 130; blank, NA and nan mean no age; Infinity, 1e2, numbers out of range and words are errors", async () => {
  const rows = (cells: string[]) =>
    "radiograph,patient,side,grade,age\n" +
    cells.map((cell, i) => `f${i}.dcm,p${i},right,0,${cell}\n`).join("");
  assertEquals((await read(rows(["61", "0.5", "", "NA", "nan"]))).rows.map(({ age }) => age), [
    61,
    0.5,
    undefined,
    undefined,
    undefined,
  ]);
  assertEquals(
    (await problems(rows(["Infinity", "-3", "131", "old", "1e2"]))).map(([code]) => code),
    new Array(5).fill("bad-age"),
  );
});

Deno.test("readCohort rejects films outside the cohort file's folder: by ../, an absolute path, a link to a file, a link to a folder", async () => {
  const outside = await Deno.realPath(await Deno.makeTempDir());
  await Deno.writeTextFile(`${outside}/x.dcm`, "");
  const text = header +
    `../x.dcm,p1,right,0\n${outside}/x.dcm,p2,right,0\nlink.dcm,p3,right,0\nfolder/x.dcm,p4,right,0\nin/../ok.dcm,p5,right,0\n`;
  await withCohort(text, async (path, folder) => {
    await Deno.symlink(`${outside}/x.dcm`, `${folder}/link.dcm`);
    await Deno.symlink(outside, `${folder}/folder`);
    await Deno.mkdir(`${folder}/in`);
    const { rows, problems } = await readCohort(path);
    assertEquals(
      problems.map(({ code, rows }) => [code, ...rows]),
      [2, 3, 4, 5].map((row) => ["outside", row]),
    );
    assertEquals(rows.map(({ radiograph }) => radiograph), [`${folder}/ok.dcm`]);
    assert(problems.every(({ message, fix }) => !(message + fix).includes(outside)));
    const wider = await readCohort(path, { root: "/" });
    assertEquals(wider.problems.filter(({ code }) => code === "outside"), []);
  });
  await Deno.remove(outside, { recursive: true });
});

Deno.test("readCohort: a film path with backslashes finds its file", async () => {
  await withCohort(header + "films\\a.dcm,p1,right,0\n", async (path, folder) => {
    await Deno.mkdir(`${folder}/films`);
    await Deno.writeTextFile(`${folder}/films/a.dcm`, "");
    assertEquals((await readCohort(path)).rows[0].radiograph, `${folder}/films/a.dcm`);
  });
});

Deno.test("readCohort: a split in the file must be complete, keep patients in one subset and have no diseased head in train", async () => {
  const table = (rows: string[]) =>
    "radiograph,patient,side,grade,split\n" + rows.map((row) => row + "\n").join("");
  const sound = await read(
    table(["a.dcm,p1,right,0,train", "b.dcm,p2,right,2,held-out", "c.dcm,p3,left,0,Validation"]),
  );
  assertEquals([sound.problems, sound.rows.map(({ split }) => split)], [[], [
    "train",
    "held-out",
    "validation",
  ]]);
  assertEquals(await problems(table(["a.dcm,p1,right,0,train", "b.dcm,p2,right,0,"])), [[
    "incomplete-split",
    3,
  ]]);
  assertEquals(await problems(table(["a.dcm,p1,right,0,train", "a.dcm,p1,left,0,held-out"])), [[
    "split-crosses-patient",
    2,
    3,
  ]]);
  assertEquals(await problems(table(["a.dcm,p1,right,3,train"])), [["diseased-in-train", 2]]);
  const names = ["Train", "VAL", "validation", "test", "Held-Out", "held_out", "held out", "TESTING"];
  const named = await read(table(names.map((name, i) => `f${i}.dcm,p${i},right,0,${name}`)));
  assertEquals([named.problems, named.rows.map(({ split }) => split)], [[], [
    ...["train", "validation", "validation"] as const,
    ...Array.from({ length: 5 }, () => "held-out" as const),
  ]]);
  assertEquals(await problems(table(["a.dcm,p1,right,0,exam"])), [["unknown-split", 2]]);
});

Deno.test("requireSound reports all errors at once and ignores warnings", async () => {
  const bad = await read(header + "a.dcm,,right,0\nb.dcm,p2,up,9\n");
  const error = await Promise.resolve(bad).then(requireSound).catch((error) => error);
  assert(error instanceof CohortError);
  for (
    const part of ["row 2: the patient is missing", "row 3: a grade must be 0 to 4", "row 3: a side must be"]
  ) {
    assert(error.message.includes(part), error.message);
  }
  assert(error.fix.length > 0);
  const warned = await read(header + "a.dcm,p1,right,0\na.dcm,p1,right,0\n");
  assertEquals(requireSound(warned), warned);
});

Deno.test("readCohort: custom column names and semicolons", async () => {
  const own = "Patient;Datei;Seite;ARCO;Bemerkung\r\np1;a.dcm;R;0;-\r\np1;a.dcm;L;II;x\r\np2;b.dcm;R;0;\r\n";
  const columnMap = parseColumnMap("datei=radiograph, Seite=side,ARCO=grade");
  assertEquals(essence(await read(own, { columnMap, gradeMap: parseGradeMap("II=2") })), expected);
  const refused = async (options: CohortOptions = {}) => requireSound(await read(own, options));
  await assertRejects(() => refused(), CohortError, "--columns YOURS=radiograph,YOURS=side,YOURS=grade");
  const misspelt = { columnMap: parseColumnMap("Dateien=radiograph") };
  await assertRejects(
    () => refused(misspelt),
    CohortError,
    `lacks "dateien", which the column map declares to be radiograph`,
  );
  const twice = { columnMap: parseColumnMap("Patient=radiograph,Datei=radiograph,Seite=side,ARCO=grade") };
  await assertRejects(() => refused(twice), CohortError, "twice");
});

Deno.test("requireSound: the error for a list with German headers reports all problems at once, each with its rows, and a hint if there is no patient column", async () => {
  const list =
    "Datei;Seite;ARCO;Alter\r\na.dcm;rechts;0;61\r\na.dcm;links;II;61\r\nb.dcm;rechts;II;x\r\nc.dcm;beide;0;40\r\n";
  const columnMap = parseColumnMap("Datei=radiograph,Seite=side,ARCO=grade,Alter=age");
  const error = await read(list, { columnMap }).then(requireSound).catch((error) => error);
  assert(error instanceof CohortError);
  const lines = error.message.split("\n");
  assertEquals(lines.length, 4, error.message);
  assert(lines[0].includes("row 1: the header lacks patient"), error.message);
  assert(lines[0].includes("--columns Datei=radiograph,Datei=patient"), error.message);
  assert(lines[1].includes('rows 3, 4: a grade must be 0 to 4, got "II"'), error.message);
  assert(lines[2].includes("row 4: an age must be a number of years"), error.message);
  assert(lines[3].includes('row 5: a side must be right, left or blank, got "beide"'), error.message);
  const alone = parseColumnMap("Datei=radiograph,Datei=patient,Seite=side,ARCO=grade");
  const { rows, problems } = await read(list.split("\r\n").slice(0, 3).join("\r\n"), {
    columnMap: alone,
    gradeMap: parseGradeMap("II=2"),
  });
  assertEquals(problems, []);
  assertEquals(rows.map(({ patient, side, grade }) => [patient, side, grade]), [["a.dcm", "right", 0], [
    "a.dcm",
    "left",
    2,
  ]]);
});

Deno.test("readCohort: for films in another folder --root is suggested, and film paths may be relative to that folder", async () => {
  const elsewhere = await Deno.realPath(await Deno.makeTempDir());
  await Deno.writeTextFile(`${elsewhere}/x.dcm`, "");
  const fixes = (cohort: { problems: readonly { message: string; fix: string }[] }) =>
    cohort.problems.map(({ message, fix }) => `${message}: ${fix}`);
  await withCohort(header + `${elsewhere}/x.dcm,p1,right,0\n`, async (path) => {
    assertEquals(fixes(await readCohort(path)), [
      "the radiograph is outside the folder of the cohort file: allow the folder that holds the films: --root FOLDER",
    ]);
    assertEquals(fixes(await readCohort(path, { root: elsewhere })), []);
    assertEquals(fixes(await readCohort(path, { root: dirname(path) })), [
      "the radiograph is outside the folder named by --root: name a folder above all films with --root",
    ]);
  });
  await withCohort(header + "x.dcm,p1,right,0\n", async (path) => {
    const { rows } = await readCohort(path, { root: elsewhere });
    assertEquals(rows.map(({ radiograph, headId }) => [radiograph, headId]), [[
      `${elsewhere}/x.dcm`,
      "x.dcm#right",
    ]]);
  });
  await Deno.remove(elsewhere, { recursive: true });
});

Deno.test("parseColumnMap: invalid maps are rejected", () => {
  assertThrows(() => parseColumnMap("Datei"), InputError, "YOURS=OURS");
  assertThrows(() => parseColumnMap("Datei=film"), RangeError, `got "film"`);
});

Deno.test("CohortError: for unknown sides and grades the fix names the option to use, with the texts of the file", async () => {
  const cohort = await read(header + "a.dcm,p1,re,0\nb.dcm,p2,left,V\nc.dcm,p3,re,IV/a b\n");
  const error = new CohortError(cohort.problems);
  assertEquals(
    error.fix,
    "say what it means (SIDE: right, left, unknown or drop): --side-map re=SIDE; " +
      "say what it means (GRADE: 0 to 4, or drop): --grade-map V=GRADE; " +
      "say what it means (GRADE: 0 to 4, or drop): --grade-map 'IV/a b=GRADE'",
  );
  assert(
    error.message.includes("rows 2, 4: ") && error.message.includes("--side-map re=SIDE"),
    error.message,
  );
});
