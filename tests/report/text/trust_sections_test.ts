import { assert, assertEquals } from "@std/assert";
import { readStudy } from "../../../src/report/read/read_study.ts";
import { trustSections } from "../../../src/report/text/trust_sections.ts";
import { sampleStudy } from "../../dashboards/sample_study.ts";

const folder = await Deno.makeTempDir();
await sampleStudy(folder, { heads: 240, pictures: 0 });
const open = await readStudy(folder);
await Deno.remove(folder, { recursive: true });

/** First paragraph of the section about the domain. */
function limits(change: { study?: object; heads?: typeof open.heads }): string {
  const comparisons = { ...open.comparisons, outOfDomain: [{ grade: 0, n: 29, flagged: 12 }] };
  const study = { ...open.study, ...change.study };
  const record = { ...open, comparisons, study, heads: change.heads ?? open.heads } as typeof open;
  const section = trustSections(record).find(({ heading }) => heading === "Out of domain");
  return String(section?.paragraphs[0].join(""));
}

Deno.test("trustSections: if the limits were set on the study's cohort, the text names this cohort as their source", () => {
  const text = limits({ study: { notes: [] } });
  assert(text.includes(`this cohort, "${open.study.cohort.name}"`), text);
  assertEquals(text.includes("may be higher"), false);
});

Deno.test("trustSections: limits that come with the models name the models' cohort, to which the 1 % refers", () => {
  const heads = open.heads.map((head) => ({ ...head, split: "held-out" as const }));
  const models = { fittedOn: { here: false, n: 1270, name: "models' cohort" } };
  const recorded = { fittedOn: { ...models.fittedOn, limitsHere: false } };
  for (const change of [{ heads, study: models }, { study: recorded }]) {
    const text = limits(change);
    assert(text.includes(`the models' own cohort, "models' cohort", so that at most 1 %`), text);
    assert(text.includes("the share may be higher"), text);
  }
});
