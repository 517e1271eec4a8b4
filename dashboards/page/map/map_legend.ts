import { GRADE_SYMBOLS } from "../../../src/figures/figure_theme.ts";
import { MANY_HEADS } from "../../many_heads.ts";
import { count } from "../ui/format.ts";
import type { DensityGrid } from "./density_grid.ts";
import { densityColours } from "./draw_density.ts";
import { el, svgEl } from "../ui/dom.ts";
import { type Glyph, symbolPath } from "../ui/map_points.ts";
import { colourInUse, colourScale } from "../ui/point_look.ts";
import { selectGrade } from "../state/select_grade.ts";
import type { Store } from "../state/store.ts";
import { gradeColour, isDark, screenTheme } from "../ui/themes.ts";

/** The visible part of the map of a large study. */
export interface MapInView {
  /** The densities shown; null if points are shown. */
  readonly grid: DensityGrid | null;
  /** Number of visible heads. */
  readonly heads: number;
}

/**
 * Legend with symbols, colours and names; a click selects the grade. In a large study it is updated with the visible
 * part of the map.
 */
export function mapLegend(store: Store): { element: HTMLElement; follow(inView: MapInView): void } {
  let inView: MapInView | null = null;
  const list = el("ul", { class: "legend", "aria-label": "Legend; press a grade to select its heads" });
  const draw = () => {
    const theme = screenTheme(store.view);
    const grey = colourInUse(store.view) !== "grade" || (inView?.grid && !store.view.density);
    const mark = (symbol: Glyph["symbol"], colour: string) =>
      svgEl(
        "svg",
        { width: 14, height: 14, viewBox: "-7 -7 14 14", "aria-hidden": "true" },
        svgEl("path", { d: symbolPath(symbol, 4.4), fill: colour }),
      );
    const entry = (grade: number, name: string, symbol: Glyph["symbol"]) =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", onclick: () => selectGrade(store, grade) },
          mark(symbol, grey ? theme.muted : gradeColour(theme, grade)),
          name,
        ),
      );
    list.replaceChildren(
      ...store.study.grades.map((grade) => entry(grade, `grade ${grade}`, GRADE_SYMBOLS[grade % 5])),
      ...(store.study.grade.some((grade) => grade < 0) ? [entry(-1, "ungraded", "cross")] : []),
      ...(inView?.grid ? [] : colourEntries(store, (colour) => mark("square", colour))),
      ...(inView ? densityEntries(store, inView) : []),
    );
  };
  draw();
  store.on(["view", "deviation"], draw);
  return {
    element: list,
    follow(next) {
      inView = next;
      draw();
    },
  };
}

/**
 * Legend of densities: heads per cell at both ends of the ramp, and a note on how to switch to points or that points
 * are shown.
 */
function densityEntries({ view, study }: Store, { grid, heads }: MapInView): HTMLElement[] {
  const words = (text: string) => el("li", { class: "colour-entry wide" }, el("span", {}, text));
  if (!grid) return [words(`${count(heads)} of ${count(study.n)} heads in view, as points`)];
  return [
    el(
      "li",
      { class: "colour-entry ramp" },
      `heads per cell of ${grid.cellPx} px, log`,
      el("span", {}, "1"),
      el("span", {
        class: "ramp-bar",
        style: `background:linear-gradient(to right, ${densityColours(isDark(view)).join(",")})`,
      }),
      el("span", {}, count(grid.most)),
    ),
    words(
      `density of ${count(heads)} heads; zoom in to ${
        count(MANY_HEADS)
      } or fewer for points and their colours`,
    ),
  ];
}

/** Legend of colours that do not encode grades: names of categories, or both ends of a ramp. */
function colourEntries(store: Store, mark: (colour: string) => Element): HTMLElement[] {
  const scale = colourScale(store);
  if (!scale) return [];
  if (!scale.ramp) {
    const used = new Set(Array.from(scale.indexOf));
    return scale.names.flatMap((name, k) =>
      used.has(k) ? [el("li", { class: "colour-entry" }, mark(scale.colours[k]), name)] : []
    );
  }
  const [low, high] = scale.names;
  return [el(
    "li",
    { class: "colour-entry ramp" },
    colourNames[colourInUse(store.view)] ?? "",
    el("span", {}, low),
    el("span", {
      class: "ramp-bar",
      style: `background:linear-gradient(to right, ${scale.colours.slice(0, -1).join(",")})`,
    }),
    el("span", {}, `${high} and more`),
  )];
}

/** Names of the colour variables. */
export const colourNames: Readonly<Record<string, string>> = {
  grade: "grade",
  split: "split",
  distance: "percentile",
  residual: "residual",
  side: "side",
  site: "site",
  sex: "sex",
  age: "age",
  predicted: "predicted grade",
  trust: "trustworthiness",
};
