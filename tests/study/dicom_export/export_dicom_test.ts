import { assert, assertEquals, assertRejects } from "@std/assert";
import { parseStored } from "../../../src/radiograph/parse_stored.ts";
import { filmUids } from "../../../src/radiograph/dicom/film_uids.ts";
import { exportDicom } from "../../../src/study/dicom_export/export_dicom.ts";
import { fileStudyCohort } from "../../../src/study/cohort/file_study_cohort.ts";
import { readTable } from "../../../src/files/read_table.ts";
import { runStudy } from "../../../src/study/run_study.ts";
import { numbersOf, textsOf } from "../../../src/files/table.ts";
import { verifyStudy } from "../../../src/study/folder/verify_study.ts";
import { type Element, film } from "../../radiograph/make_dicom.ts";
import { conformanceErrors, hasDciodvfy } from "../../archive/peers.ts";
import { TOKEN, writeToyCohort, writeToyModels } from "../toy_models.ts";

Deno.test("exportDicom: a copy, a Segmentation and a report per film, without names, and the same if exported again", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeToyModels(`${folder}/models`);
    const file = await writeToyCohort(folder),
      cohort = await fileStudyCohort(file),
      study = `${folder}/study`;
    await runStudy(cohort, { out: study, models: `${folder}/models`, device: "cpu" });
    await assertRejects(() => exportDicom(study, { out: `${folder}/x` }), RangeError, "--cohort FILE");

    const out = `${study}/dicom`, { films, failures } = await exportDicom(study, { out, cohort });
    assertEquals([films.length, failures], [38, []]);
    assertEquals(films.reduce((sum, each) => sum + each.heads, 0), 76);
    const heads = await readTable(`${study}/heads.parquet`);
    const areas = new Map(textsOf(heads, "film").map((id, i) => [id, 0 * i]));
    textsOf(heads, "film").forEach((id, i) => areas.set(id, areas.get(id)! + numbersOf(heads, "area_px")[i]));
    for (const { film, files } of films) {
      assertEquals(files, [`${film}.film.dcm`, `${film}.seg.dcm`, `${film}.sr.dcm`]);
      const masks = await parseStored(await Deno.readFile(`${out}/${film}.seg.dcm`));
      assertEquals(Array.from(masks.samples).reduce((sum, bit) => sum + bit, 0), areas.get(film));
      for (const name of files) {
        const bytes = await Deno.readFile(`${out}/${name}`);
        assert(!new TextDecoder("latin1").decode(bytes).includes(TOKEN), name);
      }
    }
    if (hasDciodvfy) {
      for (const name of films[0].files) assertEquals(await conformanceErrors(`${out}/${name}`), [], name);
    }
    const read = () => Promise.all(films[0].files.map((name) => Deno.readFile(`${out}/${name}`)));
    const before = await read();
    await exportDicom(study, { out, cohort });
    assertEquals(await read(), before);
    assertEquals(
      (await verifyStudy(study)).ok,
      true,
      "files exported into the study folder must not count as output of the run",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("filmUids: null unless all four UIDs are valid, and for files that are not DICOM", () => {
  const uid = (tag: string, text: string): Record<string, Element> => ({ [tag]: [tag, "UI", text] });
  const whole = {
    ...uid("00080016", "1.2.3"),
    ...uid("00080018", "1.2.4"),
    ...uid("0020000D", "1.2.5"),
    ...uid("0020000E", "1.2.6"),
  };
  const oriented: Record<string, Element> = { "00200020": ["00200020", "CS", "L\\F"] };
  assertEquals(filmUids(film({ ...whole, ...oriented })), {
    sopClassUid: "1.2.3",
    sopInstanceUid: "1.2.4",
    studyUid: "1.2.5",
    seriesUid: "1.2.6",
    rows: 2,
    columns: 3,
    orientation: ["L", "F"],
  });
  assertEquals(filmUids(film(whole))!.orientation, []);
  assertEquals(filmUids(film({ ...whole, ...uid("00080018", "made up") })), null);
  assertEquals(filmUids(film()), null);
  assertEquals(filmUids(new TextEncoder().encode("\x89PNG\r\n\x1a\n, say")), null);
});
