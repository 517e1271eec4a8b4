import { contourDensity, geoPath } from "d3";
import { svgEl } from "./dom.ts";
import type { MapGeometry } from "./map_geometry.ts";
import { normativeEllipses } from "./normative_ellipses.ts";
import type { Store } from "./store.ts";
import { screenTheme } from "./themes.ts";

/** Where things are on the screen. */
export interface LayerPlaces {
  readonly xs: Float32Array; // [n]
  readonly ys: Float32Array; // [n]
  readonly geometry: MapGeometry;
}

/** The lines over the points that the view asks for. */
export function drawLayers(store: Store, places: LayerPlaces): SVGElement[] {
  const { view } = store;
  return [
    ...(view.density ? densityLines(store, places) : []),
    ...(view.map === "pca" && view.ellipses ? ellipses(store, places) : []),
  ];
}

/** Five contours a grade, of the density of the points on the page. */
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
      svgEl("path", { d: path(contour), class: "contour", stroke: theme.grades[grade % 5] })
    );
  });
}

function ellipses(store: Store, { geometry }: LayerPlaces): SVGElement[] {
  return normativeEllipses(store).flatMap(({ percent, points }) => {
    const at = points.map(([x, y]) => geometry.toScreen(x, y));
    const top = at.reduce((best, point) => (point[1] < best[1] ? point : best));
    const d = `M${at.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}Z`;
    return [
      svgEl("path", { d, class: "ellipse" }),
      svgEl("text", { x: top[0], y: top[1] - 4, class: "ellipse-label" }, `${percent} %`),
    ];
  });
}
