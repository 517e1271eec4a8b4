import { GRADE_SYMBOLS } from "../../../src/figures/figure_theme.ts";
import { el, svgEl } from "../ui/dom.ts";
import { type Glyph, symbolPath } from "./map_points.ts";
import { fixed } from "../ui/format.ts";
import { colourInUse, pointLook, trustSteps } from "./point_look.ts";
import { selectGrade } from "../state/select_grade.ts";
import type { Store } from "../state/store.ts";
import { screenTheme, splitColours } from "../ui/themes.ts";

/** Symbols, colours and names; a click selects the grade. */
export function mapLegend(store: Store): HTMLElement {
  const list = el("ul", { class: "legend", "aria-label": "Legend; each entry selects its heads" });
  const draw = () => {
    const { glyphs } = pointLook(store);
    const theme = screenTheme(store.view);
    const grey = colourInUse(store.view) !== "grade";
    const mark = (symbol: Glyph["symbol"], colour: string) =>
      svgEl(
        "svg",
        { width: 14, height: 14, viewBox: "-7 -7 14 14", "aria-hidden": "true" },
        svgEl("path", { d: symbolPath(symbol, 4.4), fill: colour }),
      );
    const entries = store.study.grades.map((grade) => {
      const colour = grey ? theme.muted : glyphs[grade % 5].colour;
      return el(
        "li",
        {},
        el(
          "button",
          { type: "button", onclick: () => selectGrade(store, grade) },
          mark(GRADE_SYMBOLS[grade % 5], colour),
          `grade ${grade}`,
        ),
      );
    });
    list.replaceChildren(...entries, ...colourEntries(store, (colour) => mark("square", colour)));
  };
  draw();
  store.on("view", draw);
  return list;
}

/** What the colours mean where they are not grades. */
function colourEntries({ view, study }: Store, mark: (colour: string) => Element): HTMLElement[] {
  const theme = screenTheme(view);
  const colour = colourInUse(view);
  const steps = trustSteps(study).map((step) => fixed(step));
  const named: [string, string][] = colour === "split"
    ? Object.entries(splitColours(theme))
    : colour === "distance"
    ? ["to 50th percentile", "to 90th", "to 95th", "to 99th", "beyond"].map((
      name,
      k,
    ) => [name, theme.grades[k]])
    : colour === "trust"
    ? [`trust to ${steps[0]}`, ...steps.slice(1).map((step) => `to ${step}`), "above"]
      .map((name, k) => [name, theme.grades[k]])
    : [];
  return named.map(([name, colour]) => el("li", { class: "colour-entry" }, mark(colour), name));
}
