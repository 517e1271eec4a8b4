import { assert, assertEquals } from "@std/assert";
import { FROM_MODELS } from "../../../src/study/judge/from_models.ts";
import { readStudy } from "../../../src/report/read/read_study.ts";
import { methodsText } from "../../../src/report/text/methods_text.ts";
import { sampleStudy } from "../../dashboards/sample_study.ts";

const folder = await Deno.makeTempDir();
await sampleStudy(folder, { heads: 240, pictures: 0 });
const open = await readStudy(folder);
await Deno.remove(folder, { recursive: true });

/** The methods text of a study whose map and PCA baseline were made with the given settings. */
function textWith(map: object, pca: object): string {
  const study = { ...open.study, map: { neighbors: 15, trustworthiness: 0.9, ...map } };
  const comparisons = { ...open.comparisons, pcaComponents: 8, ...pca };
  const { sections } = methodsText({ ...open, study, comparisons } as typeof open);
  return sections.flatMap(({ paragraphs }) =>
    paragraphs.flat().map((piece) => typeof piece === "string" ? piece : piece.text)
  ).join("");
}

Deno.test("methodsText: says whether map and PCA baseline are of all heads or of a random sample", () => {
  const all = textWith({}, {});
  assert(all.includes("from all heads and their exact nearest neighbours"), all);
  assertEquals([/drawn at random/.test(all), /random sample/.test(all)], [false, false]);
  const some = textWith({ landmarks: 20_000, judgedAmong: 4000 }, { pcaFittedOn: 10_000 });
  const either = (n: number) => `${n}|${n.toLocaleString("en-US")}`;
  for (const words of [`from (${either(20_000)}) heads drawn`, `random sample of (${either(4000)})`]) {
    assert(new RegExp(words).test(some), some);
  }
  assert(new RegExp(`computed from (${either(10_000)}) training heads drawn`).test(some), some);
});

Deno.test("methodsText: says which heads the autoencoder was trained on, where it started from, and that a real reference is taken as healthy", () => {
  const text = (vae: object, reference: object = open.study.reference) => {
    const plan = { ...open.study.plan, vae: { ...open.study.plan?.vae, ...vae } };
    const { sections } = methodsText({ ...open, study: { ...open.study, plan, reference } } as typeof open);
    return sections.flatMap(({ paragraphs }) =>
      paragraphs.flat().map((piece) => typeof piece === "string" ? piece : piece.text)
    ).join("");
  };
  assert(text({}).includes("from random weights (He initialisation)"));
  assert(!text({}).includes("further synthetic patients"));
  const more = text({ added: 2540 }), warm = text({ startedFrom: "paper phantom, seed 1" });
  assert(/on 2,?540 healthy heads of further synthetic patients only, from random weights/.test(more), more);
  assert(warm.includes('starting from the network of "paper phantom, seed 1"'), warm);
  assert(!warm.includes("He initialisation") && !warm.includes("over the first fifth"), warm);
  const real = text({}, { kind: "cohort", name: "FracAtlas", n: 82 });
  assert(real.includes("among 82 heads taken as healthy (FracAtlas), with"), real);
});

Deno.test("methodsText: says whether the windows had equalised grey values", () => {
  const text = (more: object) => {
    const segmentation = {
      firstPx: 192,
      inputPx: 160,
      windowRadii: 5,
      scales: [1.25],
      threshold: 0.45,
      ...more,
    };
    const plan = { ...open.study.plan, segmentation };
    const { sections } = methodsText({ ...open, study: { ...open.study, plan } } as typeof open);
    return sections.flatMap(({ paragraphs }) =>
      paragraphs.flat().map((piece) => typeof piece === "string" ? piece : piece.text)
    ).join("");
  };
  assert(text({}).includes("averaged over that window, a window 1.25 times as wide"), text({}));
  const shown = text({ equalised: true });
  assert(shown.includes("averaged over that window (with equalised grey values), a window 1.25"), shown);
});

Deno.test("methodsText: heads without a grade are counted; only notes about the cohort's size are listed as such", () => {
  const study = {
    ...open.study,
    cohort: { ...open.study.cohort, heads: 78, gradeCounts: { 0: 29, 1: 40, ungraded: 9 } },
    fittedOn: { here: false, n: 1270, name: "another cohort" },
    notes: [
      "Cohort file, rows 9, 17: no grade is given: the head is scored, but not compared.",
      `Cannot scale the distance: it does not vary among the validation heads; ${FROM_MODELS}`,
      "The models come from another cohort and nothing was fitted to this cohort, so all of its graded heads are compared.",
    ],
  };
  const linesOf = (heads: typeof open.heads) => {
    const { sections } = methodsText({ ...open, heads, study } as typeof open);
    const [cohort] = sections.filter(({ heading }) => heading === "Cohort");
    return cohort.paragraphs.map((pieces) =>
      pieces.map((piece) => typeof piece === "string" ? piece : piece.text).join("")
    );
  };
  const lines = linesOf(open.heads.map((head) => ({ ...head, split: "held-out" as const })));
  const text = lines.join("\n");
  assert(text.includes("grade 0: 29, grade 1: 40 and 9 without a grade"), text);
  assert(text.includes("so that all of its graded heads were compared."), text);
  const stated = linesOf(open.heads).join("\n"); // not all heads are held out
  assert(stated.includes("so that all of its graded held-out heads were compared."), stated);
  assertEquals(lines.slice(-2), [
    `What was done differently because of the cohort's size: ${study.notes[1]}`,
    `Notes of the run: ${study.notes[0]}`,
  ]);
});
