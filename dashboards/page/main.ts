import { latentMap } from "../../src/figures/latent_map.ts";
import { chartFrame } from "./chart_frame.ts";
import { choice, tick } from "./controls.ts";
import { el } from "./dom.ts";
import { firstDeviations } from "./first_deviations.ts";
import { count } from "./format.ts";
import { headCard } from "./head_card.ts";
import { histogramView, rowsOf } from "./histogram_view.ts";
import { loadStudy } from "./load_study.ts";
import { latentMapView } from "./latent_map_view.ts";
import { pairControls, pairsView, pairTable } from "./pairs_view.ts";
import { selectionBar } from "./selection_bar.ts";
import { createStore, FIRST_VIEW, type Store } from "./store.ts";
import { printTheme } from "./themes.ts";

async function start(): Promise<void> {
  const { study } = await loadStudy();
  const store = createStore(study, { view: { ...FIRST_VIEW }, deviations: firstDeviations(study) });
  const page = document.getElementById("page")!;
  page.append(
    masthead(store),
    selectionBar(store),
    el("div", { class: "layout" }, el("main", { id: "main" }, first(store), pairs(store)), headCard(store)),
  );
  const live = el("div", { class: "unseen", role: "status", "aria-live": "polite" });
  store.on("said", () => (live.textContent = store.lastSaid));
  page.append(live);
}

function masthead({ study }: Store): HTMLElement {
  const { cohort, reference } = study.study;
  const synthetic = reference.kind === "synthetic";
  return el(
    "header",
    { class: "masthead" },
    el("p", { class: "kicker" }, "Caput"),
    el("h1", {}, "How far from healthy is a femoral head?"),
    el(
      "p",
      { class: "standfirst" },
      `${count(cohort.heads)} heads on ${
        count(cohort.films)
      } radiographs. Each was encoded by an autoencoder trained on healthy heads; its Mahalanobis distance from them is read against ${
        count(reference.n)
      } healthy heads kept out of training.`,
    ),
    el(
      "p",
      { class: "banner", role: "note" },
      synthetic ? el("strong", {}, "Synthetic cohort. ") : null,
      "Research and teaching only, not a medical device.",
    ),
  );
}

function first(store: Store): HTMLElement {
  const { study } = store;
  const histogram = histogramView(store);
  return el(
    "section",
    { id: "space", class: "two" },
    chartFrame({
      id: "latent-map",
      title: "The latent space",
      caption: "One mark a head. Distances on this page are not measurements: neighbours are, gaps are not.",
      body: latentMapView(store),
      figure: () =>
        latentMap(
          Array.from(
            study.grade,
            (grade, i) => ({
              x: study.number(`${store.view.map}_x`)[i],
              y: study.number(`${store.view.map}_y`)[i],
              grade,
            }),
          ),
          {
            theme: printTheme(store.view),
            width: 431,
            faint: store.selection ? Array.from(store.selection, (f) => !f) : undefined,
          },
        ),
    }),
    chartFrame({
      id: "distance-by-grade",
      title: "Distance by grade",
      caption:
        "Share of each panel's heads. Dashed lines: percentiles of the held-out healthy heads. Training heads are leave-one-out.",
      body: el(
        "div",
        {},
        el(
          "div",
          { class: "controls" },
          choice(store, {
            field: "layout",
            label: "Layout",
            options: [["panels", "Panels"], ["overlaid", "Overlaid"]],
          }),
          tick(store, { field: "log", label: "log" }),
        ),
        histogram.element,
      ),
      figure: histogram.figure,
      table: () => ({
        columns: ["head_id", "grade", "split", "distance"],
        rows: rowsOf(store).map((row, i) => [study.headId[i], row.grade, row.split, row.distance]),
      }),
    }),
  );
}

function pairs(store: Store): HTMLElement {
  const view = pairsView(store);
  return el(
    "section",
    { id: "pairs" },
    chartFrame({
      id: "pairs",
      title: "Every pair of grades",
      caption: "Below the diagonal: Holm-adjusted p. Above: Cliff's delta.",
      body: el("div", {}, pairControls(store), view.element),
      figure: view.figure,
      table: () => pairTable(store),
    }),
  );
}

start().catch((error) =>
  document.getElementById("page")!.replaceChildren(
    el("p", { class: "banner", role: "alert" }, String(error.message ?? error)),
  )
);
