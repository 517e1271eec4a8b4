import { assert, assertEquals } from "@std/assert";
import { dicomWeb } from "../../src/archive/dicomweb.ts";
import { encodeDicom } from "../../src/phantom/files/encode_dicom.ts";
import { patientOf, smallCohort } from "../../src/phantom/patient/paper_cohort.ts";
import { renderRadiograph } from "../../src/phantom/film/render_radiograph.ts";
import { caputCommand } from "../cli/run_caput.ts";
import { hasOrthanc, PASSWORD, startOrthanc, USER } from "./orthanc.ts";

const FILMS = 20;

async function caput(words: readonly string[], folder: string, env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await caputCommand(words, folder, env).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert(!`${out}${err}`.includes(PASSWORD), "the password appears nowhere");
  return { code, out, err, last: JSON.parse(out.trim().split("\n").at(-1) || "null") };
}

Deno.test({
  name:
    "round trip through an archive: 20 films stored, fetched, studied, exported, sent back and found by query",
  ignore: !hasOrthanc,
  async fn() {
    const orthanc = await startOrthanc(), folder = await Deno.makeTempDir();
    const credentials = { CAPUT_DICOMWEB_USER: USER, CAPUT_DICOMWEB_PASSWORD: PASSWORD };
    const archive = ["--dicomweb", orthanc.url];
    try {
      const store = dicomWeb(orthanc.url, { credentials: { user: USER, password: PASSWORD } });
      for (const plan of smallCohort(1).patients.slice(0, FILMS)) {
        await store.store(
          await encodeDicom(renderRadiograph(patientOf(plan), { widthPx: 384 }), { name: plan.name }),
        );
      }
      const refused = await caput(["fetch", ...archive, "--out", "films", "--json", "--quiet"], folder);
      assertEquals([refused.code, refused.last.error.code], [4, "refused"]);

      const query = ["fetch", ...archive, "--body", "HIP,PELVIS", "--out", "films", "--json", "--quiet"];
      const dry = await caput([...query, "--dry-run"], folder, credentials);
      assertEquals([dry.code, dry.last], [0, { films: FILMS, studies: FILMS, dryRun: true }]);
      const { code, err, last } = await caput(query, folder, credentials);
      assertEquals([code, last?.fetched, last?.failed], [0, FILMS, 0], err);
      const again = await caput(query, folder, credentials);
      assertEquals([again.last.fetched, again.last.kept], [0, FILMS]);

      const table = await Deno.readTextFile(`${folder}/films/cohort.csv`);
      assertEquals(table.trim().split("\n").length > FILMS, true, table);
      const graded = table.replace(/,(\r?\n|$)/g, ",0$1"); // fill in the grades
      await Deno.writeTextFile(`${folder}/films/cohort.csv`, graded);
      const run = await caput(
        ["run", "--cohort", "films/cohort.csv", "--out", "study", "--json", "--quiet", "--device", "cpu"],
        folder,
      );
      assert(run.last?.heads >= FILMS, `${run.out}\n${run.err}`);
      const exported = await caput(
        ["export", "study", "--cohort", "films/cohort.csv", "--dicom", "dicom", "--json", "--quiet"],
        folder,
      );
      assertEquals(exported.code, 0, exported.err);
      const kinds = Array.from(Deno.readDirSync(`${folder}/dicom`), ({ name }) => name.split(".")[1]);
      assertEquals(new Set(kinds), new Set(["seg", "sr"]), "the films keep their UIDs, so none is copied");

      const unasked = await caput(["send", "dicom", ...archive, "--quiet", "--json"], folder, credentials);
      assertEquals(unasked.code, 2, "without a terminal, nothing is sent without confirmation");
      const sent = await caput(
        ["send", "dicom", ...archive, "--yes", "--json", "--quiet"],
        folder,
        credentials,
      );
      assertEquals([sent.code, sent.last], [0, { objects: kinds.length, sent: kinds.length, failed: 0 }]);
      for (const modality of ["SEG", "SR"]) {
        const found = await orthanc.get(
          `/dicom-web/series?Modality=${modality}&includefield=0020000D&limit=100`,
        );
        const series = await found.json();
        assertEquals(series.length, kinds.length / 2, modality);
        const studies = await (await orthanc.get("/dicom-web/series?Modality=CR&limit=100")).json();
        const known = new Set(
          studies.map((each: Record<string, { Value: string[] }>) => each["0020000D"].Value[0]),
        );
        for (const each of series) assert(known.has(each["0020000D"].Value[0]), "in the study of its film");
      }
    } finally {
      await orthanc.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});
