import { el } from "./ui/dom.ts";
import { firstDeviations } from "./state/first_deviations.ts";
import { headCard } from "./head/head_card.ts";
import { loadStudy } from "./state/load_study.ts";
import { dicomJob } from "./export/dicom_job.ts";
import { masthead } from "./masthead.ts";
import { contentsBar, followSections, goTo } from "./bars/contents_bar.ts";
import { firstView } from "./state/first_view.ts";
import { recalled, remember } from "./state/recall_view.ts";
import { followSwitches } from "./state/recompute.ts";
import { serverScorer } from "./live/server_scorer.ts";
import { tabScorer } from "./live/tab_scorer.ts";
import { sections } from "./sections.ts";
import { selectionBar } from "./bars/selection_bar.ts";
import { createStore } from "./state/store.ts";
import { keepAddress, readFragment } from "./state/url_state.ts";

/** Reads the study, restores the state from the link, and builds the page. */
async function start(): Promise<void> {
  const { study, server, site } = await loadStudy();
  const scorer = server ? serverScorer(server) : site && tabScorer(site);
  const link = readFragment(location.hash, study);
  const store = createStore(study, {
    view: {
      ...firstView(study),
      ...(location.hash ? {} : recalled()),
      ...link.view,
      estimator: "study",
      measure: "distance",
    },
    deviations: firstDeviations(study),
  });
  followScheme(store);
  const dicom = dicomJob(store, server);
  const page = document.getElementById("page")!;
  const live = el("div", { class: "unseen", id: "live", role: "status", "aria-live": "polite" });
  store.on("said", () => (live.textContent = store.lastSaid));
  page.append(
    el("a", { class: "skip", href: "#main" }, "Skip to the figures"),
    el(
      "div",
      { class: "topbar" },
      contentsBar(store),
      selectionBar(store, { server, dicom }),
    ),
    masthead(store),
    el(
      "div",
      { class: "layout" },
      el("main", { id: "main", tabindex: -1 }, sections(store, scorer)),
      headCard(store, dicom),
    ),
    el("footer", {}, "Research and teaching only, not a medical device."),
    live,
  );
  followSwitches(store);
  const { estimator = "study", measure = "distance" } = link.view;
  if (estimator !== "study" || measure !== "distance") store.setView({ estimator, measure });
  if (link.selection) store.select(link.selection, link.by);
  if (link.focus >= 0) store.setFocus(link.focus);
  if (link.zoom) store.setZoom(link.zoom);
  if (link.complaint) page.prepend(el("p", { class: "banner complaint", role: "alert" }, link.complaint));
  followSections(store);
  if (link.section) goTo(link.section);
  keepAddress(store);
  remember(store);
  markBusy(store);
  // Without the service worker, a site works online only.
  if (site) await navigator.serviceWorker?.register("sw.js").catch(() => {});
  performance.mark("caput-ready");
}

/** Marks the main element as busy while slower views are still being updated for the selection. */
function markBusy(store: ReturnType<typeof createStore>): void {
  const main = document.getElementById("main")!;
  store.on("selection", () => main.hasAttribute("aria-busy") || main.setAttribute("aria-busy", "true"));
  store.on("settled", () => main.removeAttribute("aria-busy"));
}

/**
 * Applies the theme that the page's switch sets, and redraws when the system switches between light and dark, and before
 * and after printing, which is always light.
 */
function followScheme(store: ReturnType<typeof createStore>): void {
  const mark = () => {
    const { scheme } = store.view;
    if (scheme === "auto") delete document.documentElement.dataset.scheme;
    else document.documentElement.dataset.scheme = scheme;
  };
  mark();
  store.on("view", mark);
  for (const query of ["(prefers-color-scheme: dark)", "print"]) {
    matchMedia(query).addEventListener("change", () => store.setView({}));
  }
}

start().catch((error) => {
  const words = error instanceof Error ? error.message : String(error);
  document.getElementById("page")!.replaceChildren(
    el("p", { class: "banner complaint", role: "alert" }, words),
  );
  console.error(error);
});
