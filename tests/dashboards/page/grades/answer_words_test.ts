import { assertEquals, assertStringIncludes } from "@std/assert";
import { answerWords, fewHeadsWords } from "../../../../dashboards/page/grades/answer_view.ts";
import type { Store } from "../../../../dashboards/page/state/store.ts";

/** A page's state with two grades compared with healthy heads; `p` are the adjusted p values. */
function store(
  p: [number, number],
  trend?: { clusteredP: number; jonckheereZ: number },
  auc = [0.75, 0.75],
  step = 0.01,
): Store {
  const pairs = p.map((clusteredPAdjusted, k) => ({
    ...{ a: "0", b: String(k + 2), nA: 92, nB: 6 + 2 * k, clusteredPAdjusted, cliffsDelta: 0.5 },
    ...{ auc: auc[k], detectableAuc: 0.81 - step * k },
  }));
  return {
    study: { comparisons: { groups: [], pairs, omnibus: {}, trend } },
    view: { test: "clustered", without: false, pStyle: "apa" },
    deviations: { measure: "distance" },
  } as unknown as Store;
}

Deno.test("for a small cohort the page says that not significant does not mean equal, and gives the trend over all grades", () => {
  const small = store([0.2, 0.1], { clusteredP: 0.0002, jonckheereZ: 4.6 });
  assertEquals(answerWords(small), "By distance, no grade differs significantly from healthy.");
  assertEquals(
    fewHeadsWords(small),
    "This does not show that they are equal: with 6 to 8 heads per grade, only an AUC of 0.80 to 0.81 or more, depending on the grade, can be detected (80 % power). " +
      "Over all grades together the measure rises with the grade (p < .001, by patient).",
  );
  const falling = fewHeadsWords(store([0.2, 0.1], { clusteredP: 0.0002, jonckheereZ: -4.6 }));
  assertEquals(falling.includes("rises"), false);
  assertEquals(
    fewHeadsWords(store([0.2, 0.1], { clusteredP: 0.3, jonckheereZ: 1 })).includes("rises"),
    false,
  );
});

Deno.test("if an AUC is above the detectable AUC and not significant, one sentence says why this can be", () => {
  const why =
    "This holds for a single comparison, without correction for several, and only roughly allows for two heads of one patient: ";
  const one = fewHeadsWords(store([0.2, 0.1], undefined, [0.75, 0.91]));
  assertEquals(
    one.split("(80 % power). ")[1],
    `${why}grade 3 has a higher AUC and is still not significant.`,
  );
  const both = fewHeadsWords(store([0.2, 0.1], undefined, [0.83, 0.91]));
  assertStringIncludes(both, `${why}grades 2 and 3 have a higher AUC and are still not significant.`);
  assertEquals(fewHeadsWords(store([0.2, 0.1])).includes("single comparison"), false);
});

Deno.test("a single detectable AUC is given if it is the same for all grades", () => {
  assertStringIncludes(
    fewHeadsWords(store([0.2, 0.1], undefined, [0.6, 0.6], 0)),
    "an AUC of 0.81 or more can be",
  );
});

Deno.test("if a grade differs, nothing is said about detectable effects", () => {
  const clear = store([0.2, 0.001], { clusteredP: 0.0002, jonckheereZ: 4.6 });
  assertStringIncludes(
    answerWords(clear),
    "grade 3 is significantly further from healthy; grade 2 does not differ significantly",
  );
  assertEquals(fewHeadsWords(clear), "");
});
