import { adjustedP, comparisonsOf, pairsOf } from "../state/comparisons.ts";
import { el } from "../ui/dom.ts";
import { count, fixed, interval, median, printP } from "../ui/format.ts";
import type { Store, StoreEvent } from "../state/store.ts";

/** A sentence under a chart that keeps itself up to date. */
export function summary(
  store: Store,
  words: () => string,
  on: readonly StoreEvent[] = ["settled", "view", "deviation"],
): HTMLElement {
  const element = el("p", { class: "summary" });
  const draw = () => (element.textContent = words());
  draw();
  store.on(on, draw);
  return element;
}

/** Where the selected heads lie. */
export function mapWords({ study, view, selection }: Store): string {
  const heads = Array.from(study.grade.keys()).filter((i) => !selection || selection[i]);
  const trust = study.number("trustworthiness");
  const mean = heads.reduce((sum, i) => sum + trust[i], 0) / heads.length;
  const grades = study.grades.map((grade) =>
    `${count(heads.filter((i) => study.grade[i] === grade).length)} of grade ${grade}`
  );
  return `${count(heads.length)} heads on the ${view.map === "umap" ? "UMAP" : "PCA"} page: ${
    grades.join(", ")
  }. Mean trustworthiness ${fixed(mean, 3)}.`;
}

/** Medians by grade. */
export function distanceWords({ study, deviations, selection }: Store): string {
  const split = study.text("split");
  const of = (grade: number) =>
    Array.from(deviations.distance).filter((_, i) =>
      study.grade[i] === grade &&
      (selection ? selection[i] : grade > 0 || split[i] === "held-out" || split[i] === "")
    );
  const parts = study.grades.map((grade) => `grade ${grade} ${fixed(median(of(grade)))}`);
  return `Median distance ${selection ? "of the selected heads" : "of held-out heads"}: ${parts.join(", ")}.`;
}

/** The smallest and the largest effect. */
export function effectWords(store: Store): string {
  const pairs = [...pairsOf(store)].sort((a, b) => Math.abs(a.cliffsDelta) - Math.abs(b.cliffsDelta));
  const words = ({ a, b, cliffsDelta, cliffsDeltaInterval }: typeof pairs[number]) =>
    `${fixed(cliffsDelta)} ${interval(cliffsDeltaInterval)} between grades ${a} and ${b}`;
  return pairs.length ? `Smallest ${words(pairs[0])}; largest ${words(pairs.at(-1)!)}.` : "";
}

/** All grades at once, by the test in use. */
function overallWords(store: Store): string {
  const { omnibus, trend } = comparisonsOf(store) ?? {};
  if (store.view.without || omnibus?.p === undefined || trend?.p === undefined) return "";
  const words = ({ p, clusteredP }: { p?: number; clusteredP?: number }) => {
    const text = printP(store.view.test === "clustered" ? clusteredP ?? p : p, store.view.pStyle);
    return /^[<>]/.test(text) ? `p ${text}` : `p = ${text}`;
  };
  return ` All grades together: Kruskal\u2013Wallis ${words(omnibus)}, trend over the grades ${
    words(trend)
  }.`;
}

/** How many pairs differ. */
export function pairsWords(store: Store): string {
  const pairs = pairsOf(store);
  const list = (some: typeof pairs) => some.map(({ a, b }) => `${a}\u2060\u2013\u2060${b}`).join(", ");
  const differ = pairs.filter((pair) => adjustedP(store, pair) < 0.05);
  const rest = pairs.filter((pair) => adjustedP(store, pair) >= 0.05);
  return `${differ.length} of ${pairs.length} pairs differ at 5 % after Holm's correction${
    rest.length ? `; not shown to differ: ${list(rest)}` : ""
  }.${overallWords(store)}`;
}
