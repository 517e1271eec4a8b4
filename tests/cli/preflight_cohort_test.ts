import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readTable } from "../../src/files/read_table.ts";
import { textsOf } from "../../src/files/table.ts";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { filmElements } from "../radiograph/every_container.ts";
import { dicomFile } from "../radiograph/make_dicom.ts";
import { toyFilm, writeToyModels } from "../study/toy_models.ts";
import { runCaput } from "./run_caput.ts";

const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
await writeToyModels(`${folder}/models`);
await Deno.mkdir(`${folder}/films`);
const png = toyFilm(1, [0, 0]);
await Deno.writeFile(`${folder}/films/a.png`, png);
await Deno.writeFile(`${folder}/films/b.png`, toyFilm(2, [0, 1]));
await Deno.writeFile(`${folder}/films/empty.png`, new Uint8Array());
const { widthPx, heightPx, pixels } = await parseRadiograph(png);
const film = { words: Uint16Array.from(pixels), widthPx, heightPx, bitsStored: 16 };
const elements = filmElements(film, ["7FE00010", "OW", new Uint8Array(film.words.buffer)]);
await Deno.writeFile(
  `${folder}/films/left.dcm`,
  dicomFile([...elements.slice(0, 4), ["00200060", "CS", "L"], ...elements.slice(4)]),
);
const words = ["--models", "models", "--device", "cpu"];
const write = (lines: string[]) =>
  Deno.writeTextFile(
    `${folder}/films/cohort.csv`,
    ["radiograph,patient,side,grade", ...lines, ""].join("\n"),
  );

Deno.test("preflight --cohort: lists duplicates, a side that contradicts the header, an image used twice and a bad film by row", async () => {
  await write([
    "a.png,P1,right,0",
    "a.png,P1,left,0",
    "b.png,P2,right,0",
    "b.png,P2,right,0",
    "left.dcm,P3,right,0",
    "empty.png,P4,right,0",
  ]);
  const { code, lines } = await runCaput(
    ["preflight", "--cohort", "films/cohort.csv", "--csv", "table.csv", "--json", "--quiet", ...words],
    folder,
  );
  assertEquals(code, 1); // one film cannot be read
  assertEquals(lines.map(({ file }) => file), [
    ...["films/a.png", "films/b.png", "films/left.dcm", "films/empty.png"],
    "films/cohort.csv",
  ]);
  assertEquals(lines[3].error.code, "empty");
  assertEquals(lines[4].verdict, "warn");
  assertEquals(
    lines[4].reasons.map(({ code, rows }: { code: string; rows: number[] }) => [code, rows]),
    [["same-pixels-two-patients", [2, 3, 6]], ["duplicate-row", [4, 5]], ["side-conflict", [6]]],
  );
  assertStringIncludes(lines[4].reasons[2].message, "row 6: the row says right, the film's header says left");
  assertEquals(textsOf(await readTable(`${folder}/table.csv`), "file").at(-1), "films/cohort.csv");
});

Deno.test("preflight --cohort: problems that stop caput run are reported with the numbers of both rows, and the films are still checked", async () => {
  await write(["b.png,P2,right,0", "b.png,P2,right,3", "b.png,P2,left,II"]);
  const { code, out } = await runCaput(
    ["preflight", "--cohort", "films/cohort.csv", "--quiet", ...words],
    folder,
  );
  assertEquals(code, 1);
  const both = await runCaput(["preflight", "films/a.png", "films/b.png", ...words], folder);
  assertMatch(both.err, /2 films were checked: \d pass, \d warn, \d refuse/);
  assertStringIncludes(out, "films/b.png\n");
  assertStringIncludes(out, "films/cohort.csv\n  refuse\n");
  assertStringIncludes(out, "conflicting-grades: rows 2, 3: one head has grades 0 and 3");
  assertStringIncludes(out, 'unknown-grade: row 4: a grade must be 0 to 4, got "II"');
});

Deno.test("preflight --cohort: says that films which only faulty rows name are not checked", async () => {
  await write(["b.png,P2,right,0", "a.png,P1,left,II"]);
  const { out, err } = await runCaput(["preflight", "--cohort", "films/cohort.csv", ...words], folder);
  assertEquals([out.includes("films/b.png\n"), out.includes("films/a.png\n")], [true, false]);
  assertStringIncludes(err, "Films that are named only in rows with such faults are not checked.");
});

Deno.test("preflight without films or cohort is a usage error", async () => {
  assertEquals((await runCaput(["preflight"], folder)).code, 2);
});
