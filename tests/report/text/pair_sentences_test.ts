import { assertEquals, assertStringIncludes } from "@std/assert";
import { readStudy } from "../../../src/report/read/read_study.ts";
import type { OpenStudy } from "../../../src/report/read/read_study.ts";
import { pairSentences } from "../../../src/report/text/pair_sentences.ts";
import { sampleStudy } from "../../dashboards/sample_study.ts";

Deno.test("pairSentences: for a pair that is not significant, the text states what a single test can detect, and why a wide interval is wide", async () => {
  const folder = await Deno.makeTempDir();
  await sampleStudy(folder, { heads: 240, pictures: 0 });
  const study = await readStudy(folder);
  await Deno.remove(folder, { recursive: true });
  const [first] = study.comparisons.pairs ?? [];
  const text = (changes: Partial<typeof first>) => {
    const comparisons = { ...study.comparisons, pairs: [{ ...first, clusteredPAdjusted: 0.4, ...changes }] };
    const paragraphs = pairSentences({ ...study, comparisons } as OpenStudy, {
      base: "/pairs",
      pStyle: "apa",
    });
    assertEquals(paragraphs.length, 1);
    return paragraphs[0].map((part) => typeof part === "string" ? part : part.text).join("");
  };
  const open = text({ detectableAuc: 0.84, aucIntervalBootstrap: [0, 1] });
  assertStringIncludes(
    open,
    "a single test, without Holm's correction, has 80 % power to detect an AUC of 0.84; " +
      "after the correction for all pairs, even a larger AUC may not be significant.",
  );
  assertStringIncludes(
    open,
    "95 % interval 0.00 to 1.00 (so wide because there are few patients), Cliff's delta",
  );
  assertEquals(text({ aucIntervalBootstrap: [0.4, 0.7] }).includes("few patients"), false);
  assertEquals(text({ clusteredPAdjusted: 0.01, detectableAuc: 0.84 }).includes("80 % power"), false);
});
