import { unzipSync } from "fflate";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import { buildPage } from "../../../../dashboards/build_page.ts";
import { servePage } from "../../../../dashboards/serve_page.ts";
import {
  exportDicom,
  fileStudyCohort,
  numbersOf,
  openDicomExport,
  readTable,
  runStudy,
  textsOf,
} from "../../../../src/mod.ts";
import { parseStored } from "../../../../src/radiograph/parse_stored.ts";
import { TOKEN, writeToyCohort, writeToyModels } from "../../../study/toy_models.ts";
import { openBrowser } from "../../open_browser.ts";

const AXE = new URL("../../../../node_modules/axe-core/axe.min.js", import.meta.url);

/** The file that a click saves: its name and the entries of the ZIP. */
async function saved(page: Page, click: () => Promise<void>) {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 120_000 }), click()]);
  return {
    name: download.suggestedFilename(),
    files: unzipSync(await Deno.readFile((await download.path())!)),
  };
}

const status = (page: Page) => page.locator(".dicom-status");
const saveAll = async (page: Page) => {
  await page.locator(".selection-tools .menu > summary").click();
  await page.locator(".selection-tools .dicom-save").click();
};
/** Shows the first head of the table on the head card. */
const chooseHead = async (page: Page) => {
  await page.locator("#table tbody button").first().click();
  await page.waitForSelector("#card h2:has-text('Head')");
};

Deno.test("the served page exports films as DICOM, with masks of the right area, and reports failures", async () => {
  const browser = await openBrowser();
  if (!browser) return;
  const folder = await Deno.makeTempDir();
  try {
    await writeToyModels(`${folder}/models`);
    const cohort = await fileStudyCohort(await writeToyCohort(folder)), study = `${folder}/study`;
    await runStudy(cohort, { out: study, models: `${folder}/models`, device: "cpu" });
    const { films } = await exportDicom(study, { out: `${folder}/out`, cohort });
    const heads = await readTable(`${study}/heads.parquet`), area = numbersOf(heads, "area_px");
    let holdMs = 0;
    const open = async () => {
      const exporter = await openDicomExport(study, { cohort });
      const objects = async (film: string) => {
        await new Promise((resolve) => setTimeout(resolve, holdMs));
        return await exporter.objects(film);
      };
      return { ...exporter, objects };
    };
    const served = await servePage({ studyDir: study, port: 0, dicom: open });
    const context = await browser.newContext({
      viewport: { width: 1200, height: 900 },
      acceptDownloads: true,
    });
    const page = await context.newPage(), complaints: string[] = [];
    page.setDefaultTimeout(120_000);
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !/status of 422/.test(message.text())) {
        complaints.push(message.text());
      }
    });
    try {
      await page.goto(served.url);
      await page.waitForSelector("#table tbody button");

      // One film: that of the chosen head.
      await chooseHead(page);
      const film = await page.evaluate("document.querySelector('#card .dicom-save') !== null");
      assert(film, "the head's card must offer its film");
      const one = await saved(page, () => page.locator("#card .dicom-save").click());
      const [, id] = /^caput-dicom-([0-9a-f]{16})\.zip$/.exec(one.name)!;
      assertEquals(Object.keys(one.files), [
        ...["film", "seg", "sr"].map((kind) => `${id}.${kind}.dcm`),
        "README.txt",
      ]);
      assertStringIncludes(new TextDecoder().decode(one.files["README.txt"]), "Research and teaching only");
      const masks = await parseStored(one.files[`${id}.seg.dcm`] as Uint8Array<ArrayBuffer>);
      const expected = textsOf(heads, "film").reduce((sum, each, i) => sum + (each === id ? area[i] : 0), 0);
      assertEquals(
        Array.from(masks.samples).reduce((sum, bit) => sum + bit, 0),
        expected,
        "every pixel of the outlines",
      );
      await page.waitForSelector(".dicom-status:has-text('1 film saved')");

      // The whole study, with the same bytes as `exportDicom`; one film has been deleted in the meantime.
      const { source, film: gone } = cohort.jobs[3];
      if (source.kind === "file") await Deno.remove(source.path);
      const all = await saved(page, () => saveAll(page));
      assertEquals(all.name, "caput-dicom.zip");
      const sound = films.filter((each) => each.film !== gone);
      assertEquals(
        Object.keys(all.files).sort(),
        ["README.txt", ...sound.flatMap(({ files }) => files)].sort(),
      );
      for (const { files } of sound) {
        for (const name of files) {
          assertEquals(all.files[name], await Deno.readFile(`${folder}/out/${name}`), name);
        }
      }
      const readme = new TextDecoder().decode(all.files["README.txt"]);
      assertStringIncludes(readme, `Not exported: ${gone}: Cannot read the file`);
      assert(!readme.includes(TOKEN));
      const words = await status(page).textContent();
      assertMatch(words!, /37 films saved, 1 film could not be exported: Cannot read the file/);

      // An export shows its progress and can be cancelled; meanwhile no second one can be started.
      await page.locator(".dicom-status button").click();
      assertEquals(await status(page).isVisible(), false);
      holdMs = 500;
      await saveAll(page);
      await page.waitForSelector(".dicom-status:has-text('film 2 of 38')");
      assert(await page.locator("#card .dicom-save").isDisabled());
      await page.evaluate(await Deno.readTextFile(AXE));
      const found = await page.evaluate(
        "axe.run('.dicom-status, #card').then((r) => r.violations.map((v) => v.id + ': ' + v.nodes[0].html))",
      );
      assertEquals(found, []);
      await page.locator(".dicom-status button").click();
      await page.waitForSelector(".dicom-status:has-text('cancelled, nothing was saved')");
      assert(await page.locator("#card .dicom-save").isEnabled());
      assertEquals(complaints, []);

      // The server has been stopped.
      await served.shutdown();
      await page.locator("#card .dicom-save").click();
      await page.waitForSelector(".dicom-status.warn:has-text('the server does not answer')");
    } finally {
      await served.shutdown();
    }

    // The offline page explains in one line why it has no such export.
    await Deno.writeTextFile(`${folder}/page.html`, await buildPage(study));
    const offline = await context.newPage();
    await offline.goto(`file://${folder}/page.html`);
    await chooseHead(offline);
    assertEquals(await offline.locator(".dicom-save").count(), 0);
    const lines = await offline.locator(".dicom-absent").allTextContents();
    assertEquals(lines, Array(2).fill("DICOM: only on a served page (caput dashboard STUDY --serve)."));
  } finally {
    await browser.close();
    await Deno.remove(folder, { recursive: true });
  }
});
