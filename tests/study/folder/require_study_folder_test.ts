import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { openDicomExport } from "../../../src/study/dicom_export/open_dicom_export.ts";
import { exportPack } from "../../../src/study/folder/normative_pack.ts";
import { queryStudy } from "../../../src/study/folder/query_study.ts";
import { refreshPage } from "../../../src/study/folder/refresh_page.ts";
import { verifyStudy } from "../../../src/study/folder/verify_study.ts";
import { studyReliability } from "../../../src/study/reliability/study_reliability.ts";
import { teachStudy } from "../../../src/study/teach/teach_study.ts";
import { writeFigures } from "../../../src/report/figures/write_figures.ts";
import { writeReport } from "../../../src/report/write_report.ts";
import { InputError } from "../../../src/input_error.ts";

Deno.test("functions that open a finished study reject a missing folder, saying that it is missing, and a folder without a study", async () => {
  const folder = await Deno.makeTempDir();
  const calls: Record<string, (study: string) => Promise<unknown>> = {
    query: (study) => queryStudy(study, "select 1"),
    verify: verifyStudy,
    export: (study) => openDicomExport(study),
    reliability: (study) => studyReliability(study),
    pack: (study) => exportPack(study, { out: `${folder}/pack` }),
    dashboard: (study) => refreshPage(study, () => Promise.resolve("")),
    teach: (study) => teachStudy(study),
    figures: (study) => writeFigures(study),
    report: (study) => writeReport(study),
  };
  try {
    await Deno.mkdir(`${folder}/empty`);
    for (const [name, call] of Object.entries(calls)) {
      const refused = async (study: string): Promise<InputError> => {
        const error = await Promise.resolve(study).then(call).catch((error) => error);
        assert(error instanceof InputError, `${name}: ${error}`);
        return error;
      };
      const gone = await refused(`${folder}/gone`);
      assertStringIncludes(gone.message, `${folder}/gone: there is no such folder`);
      assertEquals(gone.fix, "check the path of the study");
      const empty = await refused(`${folder}/empty`);
      assert(!empty.message.includes("no such folder"), empty.message);
      assertStringIncludes(empty.message, `${folder}/empty`);
    }
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["empty"], "nothing may be written");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
