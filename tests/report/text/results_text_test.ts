import { assert, assertEquals } from "@std/assert";
import { readStudy } from "../../../src/report/read/read_study.ts";
import { resultsText } from "../../../src/report/text/results_text.ts";
import { sampleStudy } from "../../dashboards/sample_study.ts";

Deno.test("resultsText: sentences and table use the same word for the unclustered test", async () => {
  const folder = await Deno.makeTempDir();
  await sampleStudy(folder, { heads: 240, pictures: 0 });
  const { sections } = resultsText(await readStudy(folder));
  await Deno.remove(folder, { recursive: true });
  const text = JSON.stringify(sections);
  assert(text.includes("; unclustered "), text);
  assert(text.includes("p unclustered, Holm"), text);
  assertEquals(/naive/.test(text), false);
});
