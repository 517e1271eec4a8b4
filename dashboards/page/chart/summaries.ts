import { trustOf } from "../state/trust_of.ts";
import { comparedHeads, comparedWords } from "../state/compared_heads.ts";
import { measureWord } from "../state/measures.ts";
import { adjustedP, comparisonsOf, pairsOf } from "../state/comparisons.ts";
import { el } from "../ui/dom.ts";
import { count, fixed, interval, median, printP } from "../ui/format.ts";
import type { Store, StoreEvent } from "../state/store.ts";

/** A caption that is updated with the figure. */
export function caption(store: Store, words: () => string): HTMLElement {
  const element = summary(store, words, ["view", "deviation"]);
  element.className = "";
  return element;
}

/** A text under a chart that is updated on these events. */
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

/** Quality of the map shown: its trustworthiness and the share of true neighbours that it preserves. */
export function mapQuality({ study, view }: Pick<Store, "study" | "view">): string {
  const { map } = study.study;
  const quality = view.map === "umap" ? map : map?.pca;
  const trust = trustOf({ study, view });
  const mean = quality?.trustworthiness ?? trust.reduce((sum, t) => sum + t, 0) / study.n;
  if (!Number.isFinite(mean)) return "The quality of this map was not recorded.";
  const kept = quality?.neighborPreservation;
  return `Trustworthiness ${fixed(mean, 2)} (at most 1)` +
    (Number.isFinite(kept) && quality?.neighbors
      ? `; of each head\u2019s ${quality.neighbors} nearest neighbours, the map preserves ${
        fixed(100 * kept!, 0)
      } %.`
      : ".");
}

/** Number of selected heads of each grade (of all heads if none is selected), and the quality of the map. */
export function mapWords(store: Store): string {
  const { study, view, selection } = store;
  const heads = Array.from(study.grade.keys()).filter((i) => !selection || selection[i]);
  const grades = study.grades.map((grade) =>
    `${count(heads.filter((i) => study.grade[i] === grade).length)} of grade ${grade}`
  );
  const ungraded = heads.filter((i) => study.grade[i] < 0).length;
  if (ungraded) grades.push(`${count(ungraded)} ungraded`);
  return `${count(heads.length)} heads on the ${view.map === "umap" ? "UMAP" : "PCA"} map: ${
    grades.join(", ")
  }. ${mapQuality(store)}`;
}

let last: { value: Float64Array; counted: Uint8Array; medians: number[] } | null = null;

/**
 * The median of each grade among the heads with `counted` 1. The last result is cached, because several charts use it.
 */
function mediansByGrade(
  { grade, grades }: Store["study"],
  { value, counted }: { value: Float64Array; counted: Uint8Array },
): number[] {
  if (last?.value === value && last.counted === counted) return last.medians;
  const values = new Map<number, number[]>(grades.map((each) => [each, []]));
  for (let i = 0; i < value.length; i++) if (counted[i]) values.get(grade[i])?.push(value[i]);
  const medians = grades.map((each) => median(values.get(each)!));
  last = { value, counted, medians };
  return medians;
}

/** Medians by grade as text: of the selected heads, or of the compared heads if none is selected. */
export function distanceWords({ study, deviations, selection }: Store): string {
  const counted = selection ?? comparedHeads(study);
  const medians = mediansByGrade(study, { value: deviations.value, counted });
  const parts = study.grades.map((grade, k) => `grade ${grade} ${fixed(medians[k])}`);
  return `Median ${measureWord({ deviations })} of ${
    selection ? "the selected heads" : comparedWords(study)
  }: ${parts.join(", ")}.`;
}

/** The pairs of grades with the smallest and the largest absolute Cliff's delta, as text. */
export function effectWords(store: Store): string {
  const pairs = [...pairsOf(store)].sort((a, b) => Math.abs(a.cliffsDelta) - Math.abs(b.cliffsDelta));
  const words = ({ a, b, cliffsDelta, cliffsDeltaInterval }: typeof pairs[number]) =>
    `${fixed(cliffsDelta)} ${interval(cliffsDeltaInterval)} between grades ${a} and ${b}`;
  return pairs.length
    ? `Smallest Cliff\u2019s delta ${words(pairs[0])}; largest ${words(pairs.at(-1)!)}.`
    : "";
}

/**
 * Results of the Kruskal-Wallis test and the trend test over all grades, clustered by patient if that is selected and
 * possible. Empty if the comparisons lack these tests, or if the view leaves out hips that the tests include.
 */
function overallWords(store: Store): string {
  const { omnibus, trend } = comparisonsOf(store) ?? {};
  if (store.view.without || omnibus?.p === undefined || trend?.p === undefined) return "";
  const { permutations } = comparisonsOf(store)?.settings ?? {};
  const words = ({ p, clusteredP }: { p?: number; clusteredP?: number }) => {
    const clustered = store.view.test === "clustered" && clusteredP !== undefined;
    const text = printP(clustered ? clusteredP : p, store.view.pStyle);
    // No permutation was as extreme as the observed value: p is below the resolution of this number of permutations.
    const floor = clustered && permutations && clusteredP * (permutations + 1) < 1.5 && !/^[<>]/.test(text);
    return /^[<>]/.test(text) ? `p ${text}` : `p ${floor ? "<" : "="} ${text}`;
  };
  return ` All grades together: Kruskal\u2013Wallis ${words(omnibus)}, trend over the grades ${
    words(trend)
  }.`;
}

/** Number of pairs that differ significantly, as text. */
export function pairsWords(store: Store): string {
  const pairs = pairsOf(store);
  if (!pairs.length) return "";
  const list = (some: typeof pairs) => some.map(({ a, b }) => `${a} vs ${b}`).join(", ");
  const differ = pairs.filter((pair) => adjustedP(store, pair) < 0.05);
  const rest = pairs.filter((pair) => adjustedP(store, pair) >= 0.05);
  return `${differ.length} of ${pairs.length} pairs differ at 5 % after Holm's correction${
    rest.length ? `; no significant difference: ${list(rest)}` : ""
  }.${overallWords(store)}`;
}
