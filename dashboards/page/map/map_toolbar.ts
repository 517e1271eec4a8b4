import { button, choice, pick, tick } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import { colourNames } from "./map_legend.ts";
import { type Colour, COLOURS, type Store } from "../state/store.ts";

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
      options: colourings(store).map((name) => [name, colourNames[name]] as const),
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
    tick(store, { field: "honest", label: "show map errors", title: "How far each point can be trusted" }),
  );
}

/** Columns that tell heads apart in this study. */
function colourings({ study }: Store): Colour[] {
  const telling = (values: ArrayLike<string | number>) =>
    new Set(Array.from(values).filter((v) => v !== "" && v === v)).size > 1;
  return COLOURS.filter((name) => {
    if (name === "grade" || name === "distance" || name === "trust") return true;
    if (name === "predicted") return telling(study.number("predicted_grade"));
    return name === "residual" || name === "age" ? telling(study.number(name)) : telling(study.text(name));
  });
}

/** What the honest layer shows, in words; hidden while it is off. */
export function honestNote(store: Store): HTMLElement {
  const note = el(
    "p",
    { class: "note" },
    "Distances here are not measurements. The colour tells how far each head\u2019s neighbours on the map are its neighbours in the latent space (trustworthiness; 1 where all are). Lines lead from the head under the pointer to its five nearest neighbours in the latent space, with the true distances; a neighbour that is far away on the map is an error of the map.",
  );
  const mark = () => (note.hidden = !store.view.honest);
  mark();
  store.on("view", mark);
  return note;
}
