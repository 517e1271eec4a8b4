import { GRADE_SYMBOLS } from "../../../src/figures/figure_theme.ts";
import { el, svgEl } from "../ui/dom.ts";
import { type Glyph, symbolPath } from "../ui/map_points.ts";
import { colourInUse, colourScale } from "../ui/point_look.ts";
import { selectGrade } from "../state/select_grade.ts";
import type { Store } from "../state/store.ts";
import { gradeColour, screenTheme } from "../ui/themes.ts";

/** Legend with symbols, colours and names; a click selects the grade. */
export function mapLegend(store: Store): HTMLElement {
  const list = el("ul", { class: "legend", "aria-label": "Legend; each grade selects its heads" });
  const draw = () => {
    const theme = screenTheme(store.view);
    const grey = colourInUse(store.view) !== "grade";
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
      ...colourEntries(store, (colour) => mark("square", colour)),
    );
  };
  draw();
  store.on(["view", "deviation"], draw);
  return list;
}

/** Legend of colours that do not encode grades: categories by name, a ramp by its two ends. */
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

/** What each colouring is called. */
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
