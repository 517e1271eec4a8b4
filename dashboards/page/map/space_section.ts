import { MANY_HEADS } from "../../many_heads.ts";
import { fittedHere, percentileGroup } from "../state/compared_heads.ts";
import { latentDensity } from "./latent_density.ts";
import { latentMap } from "../../../src/figures/latent_map.ts";
import { chartFrame } from "../chart/chart_frame.ts";
import { choice, tick } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import { count } from "../ui/format.ts";
import { headTable } from "../export/head_table.ts";
import { histogramView } from "../distance/histogram_view.ts";
import { densityColours } from "./draw_density.ts";
import { latentMapView } from "./latent_map_view.ts";
import { normativeEllipses } from "./normative_ellipses.ts";
import { rangeFields } from "../distance/range_fields.ts";
import { colourNames } from "./map_legend.ts";
import { colourInUse, colourScale } from "../ui/point_look.ts";
import type { Store } from "../state/store.ts";
import { caption, distanceWords, mapWords, summary } from "../chart/summaries.ts";
import { printTheme } from "../ui/themes.ts";

/** Section with the map and, next to it, the distances. */
export function spaceSection(store: Store): HTMLElement {
  const histogram = histogramView(store);
  const controls = el(
    "div",
    { class: "controls" },
    choice(store, {
      field: "layout",
      label: "Layout",
      options: [["panels", "Panels"], ["overlaid", "Overlaid"]],
    }),
    tick(store, { field: "log", label: "log axis" }),
    rangeFields(store),
  );
  return el(
    "section",
    { id: "space", class: "two", "aria-label": "Latent space and distances" },
    el("h2", { class: "unseen", id: "space-title", tabindex: -1 }, "Latent space and distances"),
    chartFrame({
      id: "latent-map",
      title: "The latent space",
      caption: store.study.n > MANY_HEADS
        ? `Heads per cell; one symbol per head once ${
          count(MANY_HEADS)
        } or fewer are in view. Nearby heads are similar; distances on the map are not to scale. Click to see the nearest head.`
        : "One symbol per head. Nearby heads are similar; distances on the map are not to scale. Click a head to see it.",
      body: latentMapView(store),
      figure: () => latentMapFigure(store),
      table: () => headTable(store),
      summary: summary(store, () => mapWords(store)),
    }),
    chartFrame({
      id: "distance-by-grade",
      title: "Distance by grade",
      caption: caption(
        store,
        () =>
          `Bars: share of each panel's heads${
            store.study.text("split").includes("train") && fittedHere(store.study) &&
              store.deviations.measure === "distance"
              ? "; training heads leave-one-out"
              : ""
          }. Dotted: percentiles of ${percentileGroup(store)}. Drag to select a range.`,
      ),
      body: el("div", {}, controls, histogram.element),
      figure: histogram.figure,
      table: () => {
        const { columns, rows } = headTable(store);
        const keep = ["head_id", "grade", "split", "measure", "value", "percentile"].map((name) =>
          columns.indexOf(name)
        );
        return { columns: keep.map((k) => columns[k]), rows: rows.map((row) => keep.map((k) => row[k])) };
      },
      summary: summary(store, () => distanceWords(store)),
    }),
  );
}

/** The map in its version for publication. */
function latentMapFigure(store: Store): SVGSVGElement {
  const { study, view, selection } = store;
  const [x, y] = [study.number(`${view.map}_x`), study.number(`${view.map}_y`)];
  if (study.n > MANY_HEADS) {
    return latentDensity({ x, y }, {
      ...mapFrame(store),
      colours: densityColours(false),
      flags: selection ?? undefined,
    });
  }
  return latentMap(Array.from(study.grade, (grade, i) => ({ x: x[i], y: y[i], grade })), {
    ...mapFrame(store),
    density: view.density,
    fill: fillOf(store),
    faint: selection ? Array.from(selection, (flag) => !flag) : undefined,
  });
}

/** Size, axes and ellipses of the map for publication. */
function mapFrame(store: Store) {
  const { view } = store;
  return {
    theme: printTheme(view),
    width: 431,
    axes: view.map === "umap"
      ? ["UMAP 1", "UMAP 2"] as const
      : ["principal component 1", "principal component 2"] as const,
    ticks: view.map === "pca",
    outlines: view.map === "pca" && view.ellipses
      ? normativeEllipses(store).map(({ percent, points }) => ({ label: `${percent} %`, points }))
      : [],
  };
}

/** Colour of every head by the selected column, and the legend; absent if the colours show the grade. */
function fillOf(store: Store) {
  const scale = colourScale(store, printTheme(store.view), { dark: false });
  if (!scale) return undefined;
  const last = scale.colours.length - 2; // of a ramp; the colour for missing values follows
  return {
    colours: Array.from(scale.indexOf, (k) => scale.colours[k]),
    key: scale.ramp
      ? [
        [`${colourNames[colourInUse(store.view)]} ${scale.names[0]}`, scale.colours[0]] as const,
        [`${scale.names[1]} and more`, scale.colours[last]] as const,
      ]
      : scale.names.map((name, k) => [name, scale.colours[k]] as const),
  };
}
