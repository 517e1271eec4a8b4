import { latentMap } from "../../src/figures/latent_map.ts";
import { chartFrame } from "./chart_frame.ts";
import { classroomView } from "./classroom_view.ts";
import { comparisonsOf } from "./comparisons.ts";
import { choice, pick, tick } from "./controls.ts";
import { discordanceView } from "./discordance_view.ts";
import { ecdfRows, ecdfView, qqPairs, qqView } from "./distribution_view.ts";
import { el } from "./dom.ts";
import { dropView } from "./drop_view.ts";
import { estimationView, raincloudView } from "./estimation_view.ts";
import { headTable } from "./head_table.ts";
import { hipPairsView, hipsOf, hipWords, watchedList } from "./hip_pairs_view.ts";
import { histogramView } from "./histogram_view.ts";
import { latentMapView } from "./latent_map_view.ts";
import type { Server } from "./load_study.ts";
import { methodsView } from "./methods_view.ts";
import { normativeEllipses } from "./normative_ellipses.ts";
import { pairReader } from "./pair_reader.ts";
import { pairControls, pairsView, pairTable } from "./pairs_view.ts";
import { framesOf, progressionFilm, progressionStrip } from "./progression_view.ts";
import { rocView, stagingView, stagingWords } from "./staging_view.ts";
import type { Store } from "./store.ts";
import { distanceWords, mapWords, pairsWords, summary } from "./summaries.ts";
import { tableView } from "./table_view.ts";
import { printTheme } from "./themes.ts";

/** Every section of the page, in reading order. */
export function sections(store: Store, server: Server | null): HTMLElement[] {
  return [
    space(store),
    distances(store),
    pairs(store),
    detection(store),
    progression(store),
    hips(store),
    section(
      "discordance",
      "Where grade and distance disagree",
      "Heads whose distance contradicts the grade they were given, the most surprising first, each beside a typical head of that grade. A reader may give a new grade; the log can be saved.",
      discordanceView(store),
    ),
    section(
      "classroom",
      "Classroom",
      "Grade ten heads blind, then see the reference grade and the distance.",
      classroomView(store),
    ),
    section(
      "score",
      "Score a radiograph",
      "Both hips are found, outlined, scored against the same reference, and placed on the map. No point of the map moves.",
      dropView(store, server),
    ),
    section(
      "table",
      "Every head",
      "The table follows the selection. Words in the filter must all stand in a row.",
      tableView(store),
    ),
    section("methods", "Methods and provenance", "", methodsView(store)),
  ];
}

function section(id: string, title: string, lede: string, ...content: (Node | null)[]): HTMLElement {
  return el(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    el("h2", { id: `${id}-title`, tabindex: -1 }, title),
    lede ? el("p", { class: "lede" }, lede) : null,
    content,
  );
}

function space(store: Store): HTMLElement {
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

function distances(store: Store): HTMLElement {
  const ecdf = ecdfView(store);
  const qq = qqView(store);
  const estimators = [
    ["study", `${store.study.normative?.estimator ?? "study"} (study)`],
    ["sample", "sample"],
    ["ledoit-wolf", "Ledoit\u2013Wolf"],
    ["oas", "OAS"],
    ["mcd", "MCD, robust"],
  ] as const;
  return section(
    "distances",
    "Distances, and what they rest on",
    "The covariance of the healthy heads decides what counts as far. Switch it and everything on this page is computed again, by the study's own code.",
    el(
      "div",
      { class: "controls" },
      pick(store, {
        field: "estimator",
        label: "Covariance",
        options: estimators.filter(([name], k) => k === 0 || name !== store.study.normative?.estimator),
      }),
    ),
    el(
      "div",
      { class: "two even" },
      chartFrame({
        id: "ecdf",
        title: "Distribution of the distance",
        caption: "Share of heads at or below each distance: of the selection, or of all held-out heads.",
        body: ecdf.element,
        figure: ecdf.figure,
        table: () => ({
          columns: ["head_id", "grade", "distance"],
          rows: ecdfRows(store).map(({ i, grade, distance }) => [store.study.headId[i], grade, distance]),
        }),
        summary: summary(store, () => distanceWords(store)),
      }),
      chartFrame({
        id: "qq",
        title: "Squared distance against chi-square",
        caption:
          "Held-out healthy heads. Above the line, chi-square tail probabilities are too small: percentiles here rest on ranks.",
        body: qq.element,
        figure: qq.figure,
        table: () => ({
          columns: ["expected", "observed"],
          rows: qqPairs(store).map(({ expected, observed }) => [expected, observed]),
        }),
        summary: summary(
          store,
          () =>
            `${store.deviations.reference.length} held-out healthy heads, ${store.study.d} degrees of freedom, ${store.deviations.estimator} covariance.`,
        ),
      }),
    ),
  );
}

function pairs(store: Store): HTMLElement {
  const matrix = pairsView(store);
  const estimation = estimationView(store);
  const rain = raincloudView(store);
  return section(
    "pairs",
    "Between grades",
    "The primary test is a rank sum clustered by patient, corrected over all pairs; the naive test stands beside it because many readers will look for it.",
    pairControls(store),
    el(
      "div",
      { class: "two even" },
      chartFrame({
        id: "pairs",
        title: "Every pair of grades",
        caption:
          "Below the diagonal adjusted p, darker below 0.05, 0.01 and 0.001; above it Cliff's delta of the column against the row.",
        body: matrix.element,
        figure: matrix.figure,
        table: () => pairTable(store),
        summary: summary(store, () => pairsWords(store)),
      }),
      chartFrame({
        id: "estimation",
        title: "Effect sizes",
        caption:
          "Cliff's delta with its 95 % interval, bootstrapped over patients. Shaded: differences that count as none. Open marks: p of 0.05 or more.",
        body: estimation.element,
        figure: estimation.figure,
        table: () => pairTable(store),
        summary: summary(store, () => pairsWords(store)),
      }),
    ),
    el(
      "div",
      { class: "two even spaced" },
      chartFrame({
        id: "raincloud",
        title: "Every held-out head",
        caption:
          "Density, median and quartiles, and each head. Brackets: adjusted p against grade 0 and between neighbouring grades.",
        body: rain.element,
        figure: rain.figure,
        table: () => pairTable(store),
        summary: summary(store, () => distanceWords(store)),
      }),
      pairReader(store),
    ),
  );
}

function detection(store: Store): HTMLElement {
  const roc = rocView(store);
  const staging = stagingView(store);
  const rows = comparisonsOf(store)?.detection ?? [];
  return section(
    "detection",
    "Detection and staging",
    "How well the distance alone tells each grade from held-out healthy heads, and how an ordinal model of it stages them, cross-validated by patient.",
    el(
      "div",
      { class: "two even" },
      chartFrame({
        id: "roc",
        title: "Detection by distance",
        caption: "ROC curves against held-out healthy heads; area with its interval.",
        body: roc.element,
        figure: roc.figure,
        table: () => ({
          columns: ["grade", "measure", "auc", "low", "high", "n"],
          rows: rows.map((row) => [row.grade, row.measure, row.auc, row.interval[0], row.interval[1], row.n]),
        }),
        summary: summary(store, () => "Other measures (residual, combined, PCA) stand in the table."),
      }),
      chartFrame({
        id: "staging",
        title: "Staging",
        caption: "Reference grade against predicted grade, number of heads; shade is the share of the row.",
        body: staging.element,
        figure: staging.figure,
        table: () => ({
          columns: ["reference", "0", "1", "2", "3", "4"],
          rows: (comparisonsOf(store)?.staging?.confusion ?? []).map((row, grade) => [grade, ...row]),
        }),
        summary: summary(store, () => stagingWords(store)),
      }),
    ),
  );
}

function progression(store: Store): HTMLElement {
  const strip = progressionStrip(store);
  return section(
    "progression",
    "From healthy to collapse",
    "A path through the latent space along the grades, decoded frame by frame. No patient went this way: it is what the model makes of the way between them. Frames far from every real head are greyed.",
    progressionFilm(store),
    chartFrame({
      id: "progression",
      title: "Stills of the film",
      caption:
        "Under each still: place between the grades, distance d, percentile P, and distance to the nearest real head.",
      body: strip.element,
      figure: strip.figure,
      table: () => ({
        columns: ["t", "grade", "distance", "percentile", "nearest_real_distance", "off_manifold"],
        rows: framesOf(store).map((
          f,
        ) => [f.t, f.grade, f.distance, f.percentile, f.nearestRealDistance, f.offManifold ? 1 : 0]),
      }),
      summary: summary(
        store,
        () =>
          `${framesOf(store).length} frames, ${
            framesOf(store).filter((f) => f.offManifold).length
          } of them off the manifold.`,
      ),
    }),
  );
}

function hips(store: Store): HTMLElement {
  const view = hipPairsView(store);
  const { study } = store;
  return section(
    "hips",
    "Two hips, one patient",
    "Disease comes in pairs. A healthy-looking hip of a patient whose other hip is diseased deserves a second look.",
    el(
      "div",
      { class: "two even" },
      chartFrame({
        id: "hips",
        title: "Right against left",
        caption:
          "One mark a patient, colour and shape by the worse hip; open marks: one hip graded healthy, the other diseased. A click shows the hip.",
        body: view.element,
        figure: view.figure,
        table: () => ({
          columns: [
            "patient",
            "right_head",
            "left_head",
            "right_grade",
            "left_grade",
            "right_distance",
            "left_distance",
          ],
          rows: hipsOf(store).map((
            { patient, right, left },
          ) => [
            patient,
            study.headId[right],
            study.headId[left],
            study.grade[right],
            study.grade[left],
            store.deviations.distance[right],
            store.deviations.distance[left],
          ]),
        }),
        summary: summary(store, () => hipWords(store)),
      }),
      el("div", {}, el("h3", {}, "Healthy-looking hips to watch"), watchedList(store)),
    ),
  );
}
