import { assert, assertEquals } from "@std/assert";
import { QUALITY_WORDS, qualityWords } from "../../../src/study/preflight/quality_words.ts";

Deno.test("qualityWords: every code with its meaning; an unknown code stays as it is", () => {
  assertEquals(qualityWords(["border", "new-code"]), [
    "border: a head extends beyond the border of the film",
    "new-code",
  ]);
});

Deno.test("qualityWords: every code that segmentation and reading can give has words, and the glossary lists it", async () => {
  const root = new URL("../../../", import.meta.url), given = new Set<string>();
  const files = [
    ...["segmentation/segment_heads", "segmentation/to_head_mask", "segmentation/looks/judge_head"],
    ...["radiograph/values/to_radiograph", "radiograph/dicom/value_remarks", "study/measure/measure_film"],
  ];
  for (const file of files) {
    const source = await Deno.readTextFile(new URL(`src/${file}.ts`, root));
    for (const [, pushed] of source.matchAll(/(?:push\(|\? \[)((?:"[a-z-]+"(?:, )?)+)/g)) {
      for (const [, code] of pushed.matchAll(/"([a-z-]+)"/g)) given.add(code);
    }
  }
  assert(given.size >= 15, [...given].join(" "));
  const glossary = await Deno.readTextFile(new URL("docs/glossary.md", root));
  for (const code of given) assert(Object.hasOwn(QUALITY_WORDS, code), code);
  for (const [code, words] of Object.entries(QUALITY_WORDS)) {
    assert(glossary.includes(`| \`${code}\` | ${words} |`), code);
  }
  const preflight = await Deno.readTextFile(new URL("src/study/preflight/preflight.ts", root));
  const codes = [...preflight.matchAll(/(?:code: |warn\()"([a-z-]+)"/g)].map(([, code]) => code);
  assert(codes.length >= 15, codes.join(" "));
  for (const code of codes) assert(glossary.includes(`| \`${code}\` |`), code);
});
