import { measureWord } from "../state/measures.ts";
import { adjustedP, type Pair } from "../state/comparisons.ts";
import { count, fixed, interval, printP, withSign } from "../ui/format.ts";
import type { Store } from "../state/store.ts";

/** One pair in sentences: result, uncertainty, and what a non-significant result does and does not mean. */
export function pairWords(store: Store, pair: Pair): string {
  const { a, b } = pair;
  const p = adjustedP(store, pair);
  const test = store.view.test === "clustered"
    ? "rank sum clustered by patient, Holm"
    : "unclustered Mann-Whitney, Holm: treats both hips of a patient as independent";
  const who = `Grade ${a} (${count(pair.nA)} heads) and grade ${b} (${count(pair.nB)} heads)`;
  const effect =
    `A head of grade ${b} has a larger ${measureWord(store)} than one of grade ${a} in ${
      fixed(100 * pair.auc, 0)
    } % of random pairs` +
    (pair.aucIntervalBootstrap
      ? ` (AUC ${fixed(pair.auc)}, 95 % bootstrap interval ${interval(pair.aucIntervalBootstrap)})`
      : "");
  const found = `${who}: p ${withSign(printP(p, store.view.pStyle))} (${test}). ${effect}.`;
  return p < 0.05 ? found : `${found} ${notSignificant(pair)}`;
}

/** Sentences on what a non-significant result leaves open, so that it is not read as "the same". */
export function notSignificant(pair: Pair): string {
  const parts = ["Not significant does not mean equal."];
  if (pair.detectableAuc) {
    parts.push(
      `With these sample sizes a single test, without Holm\u2019s correction, has 80 % power to detect an AUC of ${
        fixed(pair.detectableAuc)
      } or more.`,
    );
  }
  if (pair.equivalence) {
    const { p, bound, smallestBound } = pair.equivalence;
    parts.push(
      p < 0.05
        ? `The two grades are equivalent within an AUC of 0.5 \u00b1 ${fixed(bound)} (p ${
          withSign(printP(p))
        }).`
        : `Equivalence within an AUC of 0.5 \u00b1 ${fixed(bound)} is not shown either (p ${
          withSign(printP(p))
        })${
          smallestBound
            ? `; the smallest margin for which it could be claimed is \u00b1 ${fixed(smallestBound)}`
            : ""
        }.`,
    );
  }
  return parts.join(" ");
}
