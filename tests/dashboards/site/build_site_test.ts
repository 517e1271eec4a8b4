import { assert, assertEquals, assertRejects } from "@std/assert";
import { buildSite } from "../../../dashboards/build_site.ts";
import { bundlePage, BUNDLES } from "../../../dashboards/bundle_page.ts";
import { InputError } from "../../../src/input_error.ts";
import { modelsForFilms, SHIPPED_MODELS } from "../../../src/mod.ts";
import { sampleStudy } from "../sample_study.ts";
import { sampleSite } from "./open_site.ts";

for (const [entry, file] of Object.entries(BUNDLES).filter(([entry]) => entry.startsWith("site/"))) {
  Deno.test(`${file} is up to date with its sources`, async () => {
    const stored = await Deno.readTextFile(new URL(`../../../dashboards/${file}`, import.meta.url));
    assert(await bundlePage(entry as keyof typeof BUNDLES) === stored, "run: deno task bundle");
  });
}

Deno.test("buildSite: networks and runtime total at most 25 MB; the same study gives the same bytes; old files are removed", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await sampleStudy(`${folder}/study`, { heads: 60, d: 4, pictures: 6, sizePx: 16 });
    const build = () => buildSite(`${folder}/study`, { out: `${folder}/site`, models: SHIPPED_MODELS });
    const first = await build();
    const files = async () => {
      const found: Record<string, string> = {};
      for (const path of ["", "assets/"]) {
        for await (const { name, isFile } of Deno.readDir(`${folder}/site/${path}`)) {
          if (isFile) found[path + name] = (await Deno.readFile(`${folder}/site/${path}${name}`)).toBase64();
        }
      }
      return found;
    };
    const before = await files();
    await Deno.writeTextFile(`${folder}/site/assets/${"0".repeat(24)}.bin`, "of an older site");
    assertEquals(await build(), first);
    assertEquals(await files(), before);
    const sizes = Object.values(before).map((base64) => Uint8Array.fromBase64(base64).length);
    assertEquals(first.bytes, sizes.reduce((a, b) => a + b));
    const own = await buildSite(`${folder}/study`, {
      out: `${folder}/own`,
      models: await modelsForFilms(),
      map: SHIPPED_MODELS, // two encoders: the largest case
    });
    for (const bytes of [...Object.values(first.wireBytes), ...Object.values(own.wireBytes)]) {
      assert(bytes > 5e6 && bytes <= 25e6, `${bytes} bytes`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("buildSite: does not touch a folder that contains something else", async () => {
  const out = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${out}/thesis.txt`, "mine");
    await assertRejects(
      () => buildSite(out, { out, models: SHIPPED_MODELS }),
      InputError,
      "must be an empty folder",
    );
    assertEquals(await Deno.readTextFile(`${out}/thesis.txt`), "mine");
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});

Deno.test("buildSite: the page's content security policy allows no other host", async () => {
  const { folder } = await sampleSite();
  const html = await Deno.readTextFile(`${folder}/index.html`);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)![1];
  assert(
    policy.startsWith("default-src 'none'") && !/https?:|\*|unsafe-eval(?<!wasm-unsafe-eval)/.test(policy),
    policy,
  );
});
