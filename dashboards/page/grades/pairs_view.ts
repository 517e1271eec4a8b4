import { pairMatrix } from "../../../src/figures/pair_matrix.ts";
import type { FigureTheme } from "../../../src/figures/figure_theme.ts";
import { adjustedP, comparing, comparisonsOf, type Pair, pairsOf } from "../state/comparisons.ts";
import { choice, pick, tick } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import { printP } from "../ui/format.ts";
import type { Store } from "../state/store.ts";
import { NARROWEST_PX } from "../ui/figure_width.ts";
import { printTheme, screenTheme } from "../ui/themes.ts";

/** The matrix of all pairs; a click on a cell selects the heads of both grades. */
export function pairsView(store: Store): { element: HTMLElement; figure: () => SVGSVGElement } {
  const element = el("div", { class: "matrix" });
  const make = (theme: FigureTheme, width: number) =>
    pairMatrix(
      pairsOf(store).map((pair) => ({
        a: pair.a,
        b: pair.b,
        p: adjustedP(store, pair),
        delta: pair.cliffsDelta,
      })),
      {
        theme,
        width,
        show: store.view.matrix,
        order: comparisonsOf(store)?.groups.map((group) => group.group),
        formatP: (p) => printP(p, store.view.pStyle),
      },
    );
  const draw = () => {
    if (element.clientWidth < NARROWEST_PX || comparing(store)) return; // the last matrix stays until they are computed
    if (!pairsOf(store).length) {
      element.replaceChildren(
        el("p", { class: "quiet" }, "There are no comparisons for this measure and covariance."),
      );
      return;
    }
    const svg = make(screenTheme(store.view), Math.min(440, element.clientWidth));
    svg.setAttribute("aria-hidden", "true");
    svg.addEventListener("click", (event) => {
      const pair = pairAt(svg, event);
      if (pair) selectPair(store, pair);
    });
    element.replaceChildren(svg);
  };
  const pairAt = (svg: SVGSVGElement, event: MouseEvent): [string, string] | null => {
    const box = svg.getBoundingClientRect();
    const order = comparisonsOf(store)?.groups.map((group) => group.group) ?? [];
    const scales = svg as unknown as { scale(name: string): { apply(v: string): number; bandwidth: number } };
    const find = (name: string, px: number) =>
      order.find((g) =>
        px >= scales.scale(name).apply(g) && px <= scales.scale(name).apply(g) + scales.scale(name).bandwidth
      );
    const [a, b] = [find("x", event.clientX - box.left), find("y", event.clientY - box.top)];
    return a !== undefined && b !== undefined ? [a, b] : null;
  };
  store.on(["view", "deviation"], draw);
  new ResizeObserver(draw).observe(element);
  return { element, figure: () => make(printTheme(store.view), 321) };
}

/** Selects the shown heads of two grades. */
export function selectPair(store: Store, [a, b]: readonly [string, string]): void {
  const flags = Uint8Array.from(
    store.study.grade,
    (g, i) => ((String(g) === a || String(g) === b) && store.shown[i] ? 1 : 0),
  );
  store.select(flags, a === b ? `grade ${a}` : `grades ${a} and ${b}`);
}

/** Controls shared by all views of the pairs. */
export function pairControls(store: Store): HTMLElement {
  return el(
    "div",
    { class: "controls" },
    choice(store, {
      field: "test",
      label: "Test",
      options: [["clustered", "Clustered by patient"], ["naive", "Unclustered"]],
    }),
    choice(store, {
      field: "matrix",
      label: "Show in the matrix",
      options: [["both", "Both"], ["p", "p"], ["effect", "Effect"]],
    }),
    comparisonsOf(store)?.withoutDiseasedPatients?.pairs?.length
      ? tick(store, {
        field: "without",
        label: "without the healthy hips of patients with disease",
        title: "Excludes grade-0 hips of patients whose other hip is diseased",
      })
      : null,
    pick(store, {
      field: "pStyle",
      label: "p style",
      options: ["plain", "apa", "nejm", "lancet", "ama", "graphpad", "scientific"].map((name) =>
        [name, name] as const
      ),
    }),
  );
}

/** The pairs as a table. */
export function pairTable(store: Store) {
  const keys = [
    "a",
    "b",
    "nA",
    "nB",
    "clustersA",
    "clustersB",
    "clusteredP",
    "clusteredPAdjusted",
    "mannWhitneyU",
    "mannWhitneyP",
    "mannWhitneyPAdjusted",
    "ksD",
    "ksP",
    "cliffsDelta",
    "hedgesG",
    "auc",
    "detectableAuc",
  ] as const;
  const number = (value: unknown) => (typeof value === "number" || typeof value === "string" ? value : NaN);
  return {
    columns: [...keys, "aucLowBootstrap", "aucHighBootstrap"],
    rows: pairsOf(store).map((pair: Pair) => [
      ...keys.map((key) => number(pair[key])),
      ...(pair.aucIntervalBootstrap ?? [NaN, NaN]),
    ]),
  };
}
