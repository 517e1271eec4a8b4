import { pairsOf } from "./comparisons.ts";
import { el } from "./dom.ts";
import { pairWords } from "./pair_words.ts";
import { selectPair } from "./pairs_view.ts";
import type { Store } from "./store.ts";

/** Every pair in words, one at a time; the button selects its heads. */
export function pairReader(store: Store): HTMLElement {
  const list = el("select", { onchange: () => draw() });
  const words = el("p", { class: "pair-words" });
  const choose = el("button", {
    type: "button",
    class: "plain",
    onclick: () => chosen() && selectPair(store, [chosen()!.a, chosen()!.b]),
  }, "Select these heads");
  const chosen = () => pairsOf(store)[list.selectedIndex];
  const draw = () => {
    const pair = chosen();
    words.textContent = pair ? pairWords(store, pair) : "The study holds no comparisons.";
    choose.hidden = !pair;
  };
  const fill = () => {
    const at = Math.max(0, list.selectedIndex);
    list.replaceChildren(...pairsOf(store).map(({ a, b }) => el("option", {}, `grade ${a} and grade ${b}`)));
    list.selectedIndex = Math.min(at, list.options.length - 1);
    draw();
  };
  fill();
  store.on(["view", "deviation"], fill);
  store.on("selection", () => {
    const match = /^grades (\S+) and (\S+)$/.exec(store.selectedBy);
    const at = match
      ? pairsOf(store).findIndex(({ a, b }) => [a, b].sort().join() === [match[1], match[2]].sort().join())
      : -1;
    if (at >= 0 && at !== list.selectedIndex) {
      list.selectedIndex = at;
      draw();
    }
  });
  return el(
    "div",
    { class: "reader" },
    el("h3", {}, "One pair in words"),
    el(
      "div",
      { class: "controls" },
      el("label", { class: "pick" }, el("span", {}, "Pair"), list),
      choose,
    ),
    words,
  );
}
