import { measureWord } from "../state/measures.ts";
import * as Inputs from "@observablehq/inputs";
import { comparing, comparisonsOf, type Pair, pairsOf } from "../state/comparisons.ts";
import { button } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import { count, fixed, interval, printP, withSign } from "../ui/format.ts";
import { inputForm } from "../ui/input_form.ts";
import { pairWords } from "./pair_words.ts";
import { selectPair } from "./pairs_view.ts";
import type { Store } from "../state/store.ts";

/** Shows one pair at a time in words and numbers; the button selects its heads. */
export function pairReader(store: Store): HTMLElement {
  const controls = el("div", { class: "controls" });
  const words = el("p", { class: "pair-words" });
  const facts = el("dl", { class: "facts roomy" });
  const choose = button("Select these heads", () => {
    const pair = pairsOf(store)[at];
    if (pair) selectPair(store, [pair.a, pair.b]);
  });
  let at = 0;
  const draw = () => {
    const pair = pairsOf(store)[at];
    words.textContent = pair
      ? pairWords(store, pair)
      : comparing(store)
      ? "Computing \u2026"
      : "There are no comparisons for this measure and covariance.";
    choose.hidden = !pair;
    facts.replaceChildren(
      ...(pair ? pairFacts(store, pair) : []).flatMap(([name, value]) => [
        el("dt", {}, name),
        el("dd", {}, value),
      ]),
    );
  };
  const fill = () => {
    const pairs = pairsOf(store);
    at = Math.max(0, Math.min(at, pairs.length - 1));
    const list = inputForm<Pair>(
      Inputs.select(pairs, {
        label: "Pair",
        format: ({ a, b }: Pair) => `${a} vs ${b}`,
        value: pairs[at],
      }),
      (pair) => {
        at = pairsOf(store).indexOf(pair);
        draw();
      },
    );
    controls.replaceChildren(list, choose);
    draw();
  };
  fill();
  store.on(["view", "deviation"], fill);
  store.on("selection", () => {
    const match = /^grades (\S+) and (\S+)$/.exec(store.selectedBy);
    const chosen = match
      ? pairsOf(store).findIndex(({ a, b }) => [a, b].sort().join() === [match[1], match[2]].sort().join())
      : -1;
    if (chosen >= 0 && chosen !== at) {
      at = chosen;
      fill();
    }
  });
  return el("div", { class: "reader" }, el("h3", {}, "One pair in words"), controls, words, facts);
}

/** The pair's numbers, with p of the clustered and of the unclustered test. */
function pairFacts(store: Store, pair: Pair): [string, string][] {
  const groups = new Map(comparisonsOf(store)?.groups.map((group) => [group.group, group.median]));
  const { pStyle } = store.view;
  const rows: [string, string | null][] = [
    ["heads", `${count(pair.nA)} and ${count(pair.nB)}`],
    [
      "patients",
      pair.clustersA && pair.clustersB ? `${count(pair.clustersA)} and ${count(pair.clustersB)}` : null,
    ],
    [
      `median ${measureWord(store)}`,
      store.view.without ? null : `${fixed(groups.get(pair.a))} and ${fixed(groups.get(pair.b))}`,
    ],
    ["p clustered by patient, Holm", printP(pair.clusteredPAdjusted, pStyle)],
    ["p unclustered, Holm", printP(pair.mannWhitneyPAdjusted, pStyle)],
    ["AUC, 95 % interval (bootstrap)", `${fixed(pair.auc)} ${interval(pair.aucIntervalBootstrap)}`],
    [
      "Cliff\u2019s delta, 95 % interval (bootstrap)",
      `${fixed(pair.cliffsDelta)} ${interval(pair.cliffsDeltaInterval)}`,
    ],
    ["detectable AUC, 80 % power", pair.detectableAuc ? fixed(pair.detectableAuc) : null],
    [
      "equivalence",
      pair.equivalence
        ? `p ${withSign(printP(pair.equivalence.p, pStyle))} for an AUC within 0.5 \u00b1 ${
          fixed(pair.equivalence.bound)
        }`
        : null,
    ],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null);
}
