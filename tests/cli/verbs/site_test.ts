import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { sampleStudy } from "../../dashboards/sample_study.ts";
import { runCaput } from "../run_caput.ts";

Deno.test("site: writes the folder named by --out, requires --out, and rejects a folder that is not a study", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await sampleStudy(`${folder}/study`, { heads: 60, d: 4, pictures: 6, sizePx: 16 });
    const missing = await runCaput(["site", "study"], folder);
    assertEquals(missing.code, 2);
    assertStringIncludes(missing.err, "--out");
    const { code, lines: [built], err } = await runCaput(
      ["site", "study", "--out", "site", "--json"],
      folder,
    );
    assertEquals([code, built.folder], [0, `${folder}/site`], err);
    assert(built.bytes > 1e7 && built.wireBytes.wasm < 25e6 && built.wireBytes.webgpu < 25e6);
    assert((await Deno.stat(`${folder}/site/index.html`)).isFile);
    const other = await runCaput(["site", "nothing", "--out", "other"], folder);
    assertEquals(other.code, 2);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("site: a folder that is no finished study is named, and nothing is written", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { code, err } = await runCaput(["site", "nowhere", "--out", "site"], folder);
    assertEquals(code, 2);
    assertStringIncludes(err, "nowhere/study.json is missing");
    assertEquals([...Deno.readDirSync(folder)], []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
