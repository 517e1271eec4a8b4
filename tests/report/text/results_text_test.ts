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

Deno.test("resultsText: says why the comparison without patients who have a diseased hip was not possible", async () => {
  const folder = await Deno.makeTempDir();
  await sampleStudy(folder, { heads: 240, pictures: 0 });
  const record = await readStudy(folder);
  await Deno.remove(folder, { recursive: true });
  const withoutDiseasedPatients = { notPossible: "all their heads are in one cluster" };
  const { sections } = resultsText({
    ...record,
    comparisons: { ...record.comparisons, withoutDiseasedPatients },
  });
  const section = sections.find(({ heading }) => heading === "Without patients who have a diseased hip");
  assert(JSON.stringify(section).includes("not compared: all their heads are in one cluster."));
  const { table } = sections.find(({ heading }) => heading === "Pairs of grades")!;
  assertEquals(table!.columns.at(-1), "detectable AUC", "no column for a comparison that was not made");
});
