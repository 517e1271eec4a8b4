import { assertEquals, assertMatch } from "@std/assert";
import type { HeadRecord, OpenStudy } from "../../../src/report/read/read_study.ts";
import { dataSheet } from "../../../src/report/text/data_sheet.ts";
import type { Paragraph } from "../../../src/report/text/prose.ts";

/** Data sheet of held-out heads with the given fields, as plain text by section. */
function sheet(...given: Partial<HeadRecord>[]): Record<string, string[]> {
  const heads = given.map((each) => ({
    ...{ patient: "p", split: "held-out", grade: 0, age: NaN, sex: "", site: "", quality: "" },
    ...{ headRadiusMm: NaN, dice: NaN },
    ...each,
  }));
  const study = { cohort: { kind: "cohort", name: "Ours", films: 1, heads: heads.length } };
  const text = (words: Paragraph) =>
    words.map((each) => typeof each === "string" ? each : each.text).join("");
  const { sections } = dataSheet({ study, heads, failures: [] } as unknown as OpenStudy);
  return Object.fromEntries(sections.map(({ heading, paragraphs }) => [heading, paragraphs.map(text)]));
}

Deno.test("dataSheet: sex and site that are not given are not counted as zero, and are missing values", () => {
  const { Composition, "Missing values": missing } = sheet({}, {});
  assertMatch(Composition.at(-1)!, /; sex not given; site not given; age not given\.$/);
  assertEquals(missing.slice(0, 3), [
    "Age: missing for 2 heads.",
    "Sex: missing for 2 heads.",
    "Site: missing for 2 heads.",
  ]);
});

Deno.test("dataSheet: heads without a grade are counted, so that the numbers add up", () => {
  const { Composition } = sheet({}, { grade: 2 }, { grade: -1 });
  assertMatch(Composition.at(-1)!, /3 heads of .*; grades 0 to 4: 1, 0, 1, 0, 0; 1 without a grade; sex/);
});

Deno.test("dataSheet: sex and site that are given are counted", () => {
  const { Composition, "Missing values": missing } = sheet(
    { sex: "m", site: "A", age: 60 },
    { sex: "F", site: "B", age: 70 },
    { site: "B", age: 80 },
  );
  assertMatch(Composition.at(-1)!, /; 1 heads of women; 2 sites; median age 70 years\.$/);
  assertEquals(missing.slice(0, 3), [
    "Age: missing for 0 heads.",
    "Sex: missing for 1 heads.",
    "Site: missing for 0 heads.",
  ]);
  assertMatch(sheet({ sex: "M" }).Composition.at(-1)!, /; 0 heads of women; site not given; /);
});
