import { contourDensity, geoPath } from "d3";
import { svgEl } from "../ui/dom.ts";
import { showPicture } from "../ui/show_picture.ts";
import type { MapGeometry } from "../state/map_geometry.ts";
import { neighboursOf } from "../state/neighbours.ts";
import { normativeEllipses } from "./normative_ellipses.ts";
import type { Store } from "../state/store.ts";
import { gradeColour, screenTheme } from "../ui/themes.ts";

/** Screen positions of the points. */
export interface LayerPlaces {
  readonly xs: Float32Array; // [n]
  readonly ys: Float32Array; // [n]
  readonly geometry: MapGeometry;
}

/** The layers above the points: those switched on in the view, the heads of dropped films, and the axis labels. */
export function drawLayers(store: Store, places: LayerPlaces): SVGElement[] {
  const { view } = store;
  return [
    ...(view.density ? densityLines(store, places) : []),
    ...(view.map === "pca" && view.ellipses ? ellipses(store, places) : []),
    ...(view.images ? pictures(store, places) : []),
    ...livePoints(store, places),
    ...axisNames(store, places),
  ];
}

/** Labels of the two axes. */
function axisNames({ view }: Store, { geometry: { widthPx, heightPx } }: LayerPlaces): SVGElement[] {
  const [x, y] = view.map === "umap"
    ? ["UMAP 1", "UMAP 2"]
    : ["principal component 1", "principal component 2"];
  return [
    svgEl("text", { x: widthPx - 8, y: heightPx - 8, class: "axis-name", "text-anchor": "end" }, x),
    svgEl("text", { x: -8, y: 16, class: "axis-name", "text-anchor": "end", transform: "rotate(-90)" }, y),
  ];
}

/** About five density contours for each grade with at least five shown heads, from the positions on the screen. */
function densityLines(store: Store, { xs, ys, geometry }: LayerPlaces): SVGElement[] {
  const theme = screenTheme(store.view);
  const path = geoPath();
  return store.study.grades.flatMap((grade) => {
    const heads = Array.from(xs.keys()).filter((i) => store.study.grade[i] === grade && store.shown[i]);
    if (heads.length < 5) return [];
    const contours = contourDensity()
      .x((i: number) => xs[i]).y((i: number) => ys[i])
      .size([geometry.widthPx, geometry.heightPx]).bandwidth(16).thresholds(5)(heads);
    return contours.map((contour: Parameters<typeof path>[0]) =>
      svgEl("path", { d: path(contour), class: "contour", stroke: gradeColour(theme, grade) })
    );
  });
}

function ellipses(store: Store, { geometry }: LayerPlaces): SVGElement[] {
  return normativeEllipses(store).flatMap(({ percent, points }, k) => {
    const at = points.map(([x, y]) => geometry.toScreen(x, y));
    // 90, 95 and 99 % are close together, so neighbouring ellipses are labelled at opposite ends.
    const up = k % 2 === 0 ? 1 : -1;
    const end = at.reduce((best, point) => (up * point[1] < up * best[1] ? point : best));
    const d = `M${at.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}Z`;
    return [
      svgEl("path", { d, class: "ellipse" }),
      svgEl("text", { x: end[0], y: end[1] + (up > 0 ? -4 : 13), class: "ellipse-label" }, `${percent} %`),
    ];
  });
}

/**
 * One crop per grid cell of the map: the crop of the head nearest to the cell's centre, among the shown heads in the
 * selection (all shown heads without a selection). Cells without such a head stay empty.
 */
function pictures(store: Store, { xs, ys, geometry }: LayerPlaces): SVGElement[] {
  const { study, shown, selection } = store;
  const cell = 46;
  const best = new Map<string, { head: number; far: number }>();
  for (let i = 0; i < xs.length; i++) {
    if (!shown[i] || (selection && !selection[i])) continue;
    if (xs[i] < 0 || ys[i] < 0 || xs[i] > geometry.widthPx || ys[i] > geometry.heightPx) continue;
    const [cx, cy] = [Math.floor(xs[i] / cell), Math.floor(ys[i] / cell)];
    if (!study.picture("crops", i)) continue;
    const far = Math.hypot(xs[i] - (cx + 0.5) * cell, ys[i] - (cy + 0.5) * cell);
    const key = `${cx} ${cy}`;
    if (far < (best.get(key)?.far ?? Infinity)) best.set(key, { head: i, far });
  }
  const theme = screenTheme(store.view);
  return [...best].flatMap(([key, { head }]) => {
    const [cx, cy] = key.split(" ").map(Number);
    const box = { x: cx * cell + 2, y: cy * cell + 2, width: cell - 4, height: cell - 4 };
    const image = svgEl("image", box);
    showPicture(study, image, study.picture("crops", head)!);
    return [
      image,
      svgEl("rect", {
        ...box,
        fill: "none",
        stroke: gradeColour(theme, study.grade[head]),
        "stroke-width": 2,
      }),
    ];
  });
}

/** A labelled cross at each head of a dropped film. */
function livePoints({ live, view }: Store, { geometry }: LayerPlaces): SVGElement[] {
  return live.flatMap((point) => {
    const place = point[view.map], { label } = point;
    if (!place) return [];
    const [px, py] = geometry.toScreen(...place);
    return [
      svgEl("path", { d: `M${px - 9},${py}h18M${px},${py - 9}v18`, class: "live-cross" }),
      svgEl("text", { x: px + 12, y: py + 4, class: "live-label" }, label),
    ];
  });
}

/** Lines from a head to its nearest neighbours in the latent space, with the true distances. */
export function neighbourLines(
  store: Store,
  head: number,
  { xs, ys }: Pick<LayerPlaces, "xs" | "ys">,
): SVGElement[] {
  return neighboursOf(store, head, { k: 5 }).flatMap(({ head: near, distance }) => [
    svgEl("line", { x1: xs[head], y1: ys[head], x2: xs[near], y2: ys[near], class: "neighbour" }),
    svgEl("text", { x: xs[near] + 6, y: ys[near] - 4, class: "neighbour-label" }, distance.toFixed(1)),
  ]);
}
