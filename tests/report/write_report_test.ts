import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { strFromU8, unzipSync } from "fflate";
import { citer } from "../../src/report/text/prose.ts";
import { readStudy } from "../../src/report/read/read_study.ts";
import { writeReport } from "../../src/report/write_report.ts";
import { sampleStudy } from "../dashboards/sample_study.ts";

async function withStudy(use: (folder: string) => Promise<void>, hostile?: string): Promise<void> {
  const folder = await Deno.makeTempDir();
  await sampleStudy(folder, { heads: 240, pictures: 0, hostile });
  await use(folder);
  await Deno.remove(folder, { recursive: true });
}

Deno.test("in results.md every number is linked, and every number from comparisons.json equals the value at its pointer", () =>
  withStudy(async (folder) => {
    await writeReport(folder);
    const { comparisons } = await readStudy(folder);
    const text = await Deno.readTextFile(`${folder}/report/results.md`);
    const links = [...text.matchAll(/\[([^\]]+)\]\(\.\.\/comparisons\.json "([^"]+)"\)/g)];
    assert(links.length > 100, `${links.length} links`);
    for (const [, shown, pointer] of links) {
      // deno-lint-ignore no-explicit-any -- walks through arbitrary JSON
      const value = pointer.split("/").slice(1).reduce((at: any, key) => at[key], comparisons);
      const printed = Number(shown.replace(/^p [=<>] /, "").replace(/^\./, "0."));
      const close = Math.abs(printed - value) <= 0.005 + 1e-9 || (shown.includes("<") && value < printed);
      assert(close, `${pointer}: ${shown} for ${value}`);
    }
    const unlinked = text.replace(/\[[^\]]+\]\([^)]*\)/g, "").replace(/grade \d/gi, "");
    const typed = [...unlinked.matchAll(/\d+(\.\d+)?/g)].map(([number]) => number).filter((n) =>
      !["95", "80", "0.5", "0.05", "0"].includes(n)
    );
    assertEquals(typed, [], "every number must have a link");
  }));

Deno.test("in HTML the figures are inline, the pairs are one table, and the index of numbers is collapsed", () =>
  withStudy(async (folder) => {
    await writeReport(folder);
    const html = await Deno.readTextFile(`${folder}/report/report.html`);
    const captions = [...html.matchAll(/<figcaption><b>Figure (\d+)\.<\/b> ([^<]+)/g)];
    assert(captions.length >= 8, `${captions.length} figures`);
    assertEquals(
      captions.map(([, n]) => Number(n)),
      captions.map((_, i) => i + 1),
      "figures are numbered in the order of the page",
    );
    const rain = captions.find(([, , words]) => words.includes("Cloud"))![2];
    for (const part of ["Box: quartiles", "whiskers", "larger is further"]) assert(rain.includes(part), rain);
    const tables = html.match(/<table class="pairs">.*?<\/table>/gs)!;
    assertEquals(tables.length, 1);
    assertEquals(tables[0].match(/<tr>/g)!.length, 11, "a header row and ten pairs");
    assert(/<details><summary>\d+ numbers: file, position and exact value/.test(html));
  }));

Deno.test("in HTML every link leads to a row of the sources or to a list of heads", () =>
  withStudy(async (folder) => {
    await writeReport(folder);
    const html = await Deno.readTextFile(`${folder}/report/report.html`);
    const targets = new Set([...html.matchAll(/<tr id="([^"]+)"/g)].map((match) => match[1]));
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    const lists = new Set([...html.matchAll(/<table id="([^"]+)"/g)].map((match) => match[1]));
    const known = (link: string) => targets.has(link) || lists.has(link);
    assert(links.length > 100 && links.every(known), String(links.find((link) => !known(link))));
    assert(links.some((link) => lists.has(link)), "some links must lead to heads");
  }));

Deno.test("the same study gives the same bytes; the archive contains tables and correct hashes", () =>
  withStudy(async (folder) => {
    const names = await writeReport(folder, { out: `${folder}/one` });
    await writeReport(folder, { out: `${folder}/two` });
    for (const name of names) {
      assertEquals(
        await Deno.readFile(`${folder}/one/${name}`),
        await Deno.readFile(`${folder}/two/${name}`),
        name,
      );
    }
    const entries = unzipSync(await Deno.readFile(`${folder}/one/tables.zip`));
    assert(strFromU8(entries["README.txt"]).includes("Caput 0.1.0"), "the archive names its code");
    assert("study/heads.parquet" in entries && "report/methods.md" in entries);
    for (const line of strFromU8(entries["SHA256SUMS"]).trim().split("\n")) {
      const [hash, name] = line.split("  ");
      const digest = await crypto.subtle.digest("SHA-256", entries[name] as BufferSource);
      assertEquals(new Uint8Array(digest).toHex(), hash, name);
    }
    assert("word/document.xml" in unzipSync(await Deno.readFile(`${folder}/one/report.docx`)));
  }));

Deno.test("checklists have three states and no score; for a synthetic cohort no items about patients are asked", () =>
  withStudy(async (folder) => {
    await writeReport(folder);
    const text = await Deno.readTextFile(`${folder}/report/checklists.md`);
    const states = new Set([...text.matchAll(/^\| \w+ \| [^|]+ \| ([^|]+) \|/gm)].map((match) => match[1]));
    states.delete("state");
    assertEquals([...states].sort(), ["filled", "needs author", "not applicable"]);
    assert(!/\d+ (of|\/) \d+|%/.test(text.replace(/^Numbers.*$/gm, "")), "no score");
    assertStringIncludes(text, "The cohort is synthetic: there are no patients.");
  }));

Deno.test("markup in texts of the study is escaped in HTML, and a missing number is an error", () =>
  withStudy(async (folder) => {
    await writeReport(folder);
    const html = await Deno.readTextFile(`${folder}/report/report.html`);
    assert(!/<img(?! src="data:image\/svg)/.test(html), "escaped");
    const path = `${folder}/comparisons.json`;
    const broken = JSON.parse(await Deno.readTextFile(path));
    broken.pairs[3].auc = null;
    await Deno.writeTextFile(path, JSON.stringify(broken));
    await assertRejects(() => writeReport(folder), RangeError, "/pairs/3/auc");
  }, "<img src=x onerror=alert(1)>"));

Deno.test("a missing number cannot be cited", () => {
  const cite = citer("x.json", { a: [1.234, NaN] });
  assertEquals(cite("/a/0").text, "1.23");
  assertThrows(() => cite("/a/1"), RangeError, "finite number at /a/1");
  assertThrows(() => cite("/b/c"), RangeError, "at /b/c");
});
