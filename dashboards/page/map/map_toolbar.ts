import { MANY_HEADS } from "../../many_heads.ts";
import { button, choice, pick, tick } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import { colourNames } from "./map_legend.ts";
import { type Colour, COLOURS, type Store } from "../state/store.ts";

/** Toolbar with the tools and layers of the map. */
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
    tick(store, {
      field: "density",
      ...(store.study.n > MANY_HEADS
        ? { label: "contours by grade", title: "Density contours of each grade" }
        : { label: "density" }),
    }),
    tick(store, {
      field: "ellipses",
      label: "ellipses",
      title: "Normative ellipses: 50, 90, 95 and 99 % of healthy heads",
      when: ({ map }) => map === "pca",
    }),
    tick(store, {
      field: "images",
      label: "images",
      title: "One crop per cell of a grid, over the points",
    }),
    tick(store, {
      field: "honest",
      label: "show map errors",
      title: "Colour each point by its trustworthiness and connect a head to its true neighbours",
    }),
  );
}

/** Grade, distance and trustworthiness, and the variables with more than one value in this study. */
function colourings({ study }: Store): Colour[] {
  const varies = (values: ArrayLike<string | number>) =>
    new Set(Array.from(values).filter((v) => v !== "" && v === v)).size > 1;
  return COLOURS.filter((name) => {
    if (name === "grade" || name === "distance" || name === "trust") return true;
    if (name === "predicted") return varies(study.number("predicted_grade"));
    return name === "residual" || name === "age" ? varies(study.number(name)) : varies(study.text(name));
  });
}

/** Explanation of the map-error layer; hidden while the layer is off. */
export function mapErrorNote(store: Store): HTMLElement {
  const note = el(
    "p",
    { class: "note" },
    "Distances on the map are not to scale. The colour shows trustworthiness: how many of each head\u2019s neighbours on the map are also neighbours in the latent space (1: all). Lines connect the head under the pointer to its five nearest neighbours in the latent space and give the true distances; a neighbour that is far away on the map is an error of the map.",
  );
  const mark = () => (note.hidden = !store.view.honest);
  mark();
  store.on("view", mark);
  return note;
}
