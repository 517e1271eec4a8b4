import { latentMap } from "../../../src/figures/latent_map.ts";
import { chartFrame } from "../frame/chart_frame.ts";
import { choice, tick } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import { headTable } from "../export/head_table.ts";
import { histogramView } from "../distance/histogram_view.ts";
import { latentMapView } from "./latent_map_view.ts";
import { normativeEllipses } from "./normative_ellipses.ts";
import { rangeFields } from "../distance/range_fields.ts";
import type { Store } from "../state/store.ts";
import { distanceWords, mapWords, summary } from "../frame/summaries.ts";
import { printTheme } from "../ui/themes.ts";

/** The map and the distances beside it. */
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
      caption:
        "One mark a head. Neighbours on this page are neighbours; the gaps between them are no measurements.",
      body: latentMapView(store),
      figure: () => latentMapFigure(store),
      table: () => headTable(store),
      summary: summary(store, () => mapWords(store)),
    }),
    chartFrame({
      id: "distance-by-grade",
      title: "Distance by grade",
      caption:
        "Share of each panel's heads; training heads leave-one-out. Dotted: percentiles of the held-out healthy heads. Drag to select a range.",
      body: el("div", {}, controls, histogram.element),
      figure: histogram.figure,
      table: () => {
        const { columns, rows } = headTable(store);
        const keep = ["head_id", "grade", "split", "distance", "percentile"].map((name) =>
          columns.indexOf(name)
        );
        return { columns: keep.map((k) => columns[k]), rows: rows.map((row) => keep.map((k) => row[k])) };
      },
      summary: summary(store, () => distanceWords(store)),
    }),
  );
}

/** The map as it goes into a paper. */
function latentMapFigure(store: Store): SVGSVGElement {
  const { study, view, selection } = store;
  const [x, y] = [study.number(`${view.map}_x`), study.number(`${view.map}_y`)];
  return latentMap(Array.from(study.grade, (grade, i) => ({ x: x[i], y: y[i], grade })), {
    theme: printTheme(view),
    width: 431,
    axes: view.map === "umap" ? ["UMAP 1", "UMAP 2"] : ["principal component 1", "principal component 2"],
    ticks: view.map === "pca",
    density: view.density,
    outlines: view.map === "pca" && view.ellipses
      ? normativeEllipses(store).map(({ percent, points }) => ({ label: `${percent} %`, points }))
      : [],
    faint: selection ? Array.from(selection, (flag) => !flag) : undefined,
  });
}
