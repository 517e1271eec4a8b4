import { assertEquals } from "@std/assert";
import { markSynthetic } from "../../../src/study/cohort/mark_synthetic.ts";
import { phantomStudyCohort, type StudyCohort } from "../../../src/study/cohort/study_cohort.ts";

const cohort: StudyCohort = {
  ...{ kind: "cohort", name: "ours", jobs: [], failures: [], sha256: "", fingerprint: null },
  notes: ["a note"],
};
const real = { quality: ["border"] }, drawn = { quality: ["border", "synthetic"] };

Deno.test("markSynthetic: a cohort of synthetic films only is synthetic", () => {
  assertEquals(markSynthetic(cohort, [drawn, drawn]), {
    ...cohort,
    kind: "synthetic",
    notes: [
      "a note",
      "All films are synthetic, according to their files, so the cohort is called synthetic.",
    ],
  });
});

Deno.test("markSynthetic: a cohort of real and synthetic films is not marked as synthetic, and a note says how many heads are", () => {
  const { kind, notes } = markSynthetic(cohort, [real, drawn, real]);
  assertEquals(kind, "cohort");
  assertEquals(
    notes[1],
    "1 of 3 heads are on synthetic films; the others are taken as real.",
  );
});

Deno.test("markSynthetic: nothing changes without synthetic films, or for a synthetic cohort", () => {
  assertEquals(markSynthetic(cohort, [real]), cohort);
  assertEquals(markSynthetic(cohort, []), cohort);
  const phantom = phantomStudyCohort("small", 1);
  assertEquals(markSynthetic(phantom, [real]), phantom);
});
