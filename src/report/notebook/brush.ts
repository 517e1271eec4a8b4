import { latentMap } from "../../figures/latent_map.ts";
import { escapeHtml } from "../render/html_table.ts";
import { brushScript } from "./brush_script.ts";
import type { DrawingTools, Interactive } from "./interactive.ts";
import { interactiveHtml } from "./interactive_html.ts";

/** One point of the map of {@linkcode brush}. */
export interface BrushPoint {
  /** Horizontal coordinate. */
  readonly x: number;
  /** Vertical coordinate. */
  readonly y: number;
  /** Grade, 0 to 4, or below 0 for none; sets colour and symbol. */
  readonly grade: number;
  /** Value whose median is shown, such as the distance. */
  readonly value: number;
}

const WIDTH_PX = 620;

/**
 * A map on which points can be selected by dragging or with the arrow keys. Below the map, the number of selected
 * points of each grade and their median value are shown. The output contains everything that it needs; where scripts
 * are removed, the map remains as an image.
 *
 * @param options.label Name of the map.
 * @param options.value Name of the value whose median is shown.
 * @throws {RangeError} if there is no point.
 */
export function brush(
  points: readonly BrushPoint[],
  { label, value }: { label: string; value: string },
): Interactive {
  if (points.length === 0) throw new RangeError("Cannot make a brush: at least 1 point is needed, got none");
  const text = `${label}: a map of ${points.length} points; drag over it to select some`;
  return {
    kind: "interactive",
    text,
    html: ({ document, png }: DrawingTools) => {
      const map = latentMap(points, { document, width: WIDTH_PX });
      const [x, y] = ["x", "y"].map((axis) => map.scale(axis)!);
      const tenth = (px: number) => Math.round(10 * px) / 10;
      const height = Number(map.getAttribute("height"));
      const image = png(map.outerHTML).toBase64();
      return interactiveHtml({
        name: "brush",
        staticHtml: `<p style="margin:0 0 4px">${escapeHtml(label)}. <span data-help></span></p>` +
          `<div data-map style="position:relative"><img src="data:image/png;base64,${image}" alt="${
            escapeHtml(text)
          }" width="${WIDTH_PX}" style="display:block;max-width:100%;height:auto"></div>` +
          `<p aria-live="polite" style="margin:4px 0 0"></p>`,
        maxWidthPx: WIDTH_PX,
        script: brushScript,
        data: {
          ...{ label, value, size: [WIDTH_PX, height] as const },
          heads: points.map((point) =>
            [tenth(x.apply(point.x)), tenth(y.apply(point.y)), point.grade, thousandth(point.value)] as const
          ),
        },
      });
    },
  };
}

function thousandth(value: number): number {
  return Math.round(1000 * value) / 1000;
}
