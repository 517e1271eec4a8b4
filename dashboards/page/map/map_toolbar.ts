import { button, choice, pick, tick } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import type { Store } from "../state/store.ts";

/** What can be done to the map, and what it shows. */
export function mapToolbar(
  store: Store,
  { zoomBy, whole }: { zoomBy: (factor: number) => void; whole: () => void },
): HTMLElement {
  return el(
    "div",
    { class: "controls" },
    choice(store, { field: "map", label: "Projection", options: [["umap", "UMAP"], ["pca", "PCA"]] }),
    choice(store, {
      field: "tool",
      label: "Tool",
      options: [["brush", "Brush"], ["lasso", "Lasso"], ["pan", "Pan"]],
    }),
    el(
      "div",
      { class: "choice", role: "group", "aria-label": "Zoom" },
      button("+", () => zoomBy(1.5), { "aria-label": "Zoom in", class: "" }),
      button("\u2212", () => zoomBy(1 / 1.5), { "aria-label": "Zoom out", class: "" }),
      button("All", whole, { "aria-label": "All: show the whole map", class: "" }),
    ),
    pick(store, {
      field: "colour",
      label: "Colour",
      options: [["grade", "grade"], ["split", "split"], ["distance", "percentile"], [
        "trust",
        "trustworthiness",
      ]],
    }),
    tick(store, { field: "density", label: "density" }),
    tick(store, {
      field: "ellipses",
      label: "ellipses",
      title: "Normative ellipses: 50, 90, 95 and 99 % of healthy",
      when: ({ map }) => map === "pca",
    }),
    tick(store, {
      field: "images",
      label: "images",
      title: "Pictures instead of points where there is room",
    }),
    tick(store, { field: "honest", label: "honest map", title: "How far each point can be trusted" }),
  );
}

/** What the honest layer shows, in words; hidden while it is off. */
export function honestNote(store: Store): HTMLElement {
  const note = el(
    "p",
    { class: "note" },
    "Distances here are not measurements. The colour tells how far each head\u2019s neighbours on this page are its neighbours in the latent space (trustworthiness; 1 where all are). Lines lead from the head under the pointer to its five nearest neighbours in the latent space, with the true distances; a neighbour that lies far away on this page was torn off by the projection.",
  );
  const mark = () => (note.hidden = !store.view.honest);
  mark();
  store.on("view", mark);
  return note;
}
