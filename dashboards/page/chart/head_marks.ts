import type { FigureSvg } from "../../../src/figures/plot_svg.ts";
import { svgEl } from "../ui/dom.ts";
import type { Store } from "../state/store.ts";
import { screenTheme } from "../ui/themes.ts";

/** A head to be marked in a figure: the head on the head card, or a head of a dropped film. */
export interface HeadMark {
  /** Index in the study, or -1 for a head of a dropped film. */
  readonly head: number;
  readonly value: number;
  readonly label: string;
}

/** All heads to be marked now that have a value of the current measure. */
export function headMarks({ study, deviations, focus, live }: Store): HeadMark[] {
  const dropped = live.flatMap((point): HeadMark[] => {
    const value = point[deviations.measure];
    return value === undefined ? [] : [{ head: -1, value, label: point.label }];
  });
  if (focus < 0 || !Number.isFinite(deviations.value[focus])) return dropped;
  const grade = study.grade[focus];
  return [...dropped, {
    head: focus,
    value: deviations.value[focus],
    label: grade < 0 ? "this head, ungraded" : `this head, grade ${grade}`,
  }];
}

/** Labelled lines across a figure at the value of each marked head. */
export function markAlong(store: Store, svg: FigureSvg, axis: "x" | "y"): void {
  const scale = svg.scale(axis), group = markGroup(svg);
  if (!scale) return;
  const { marginTop, marginBottom, marginLeft, marginRight, width, height } = frameOf(svg);
  const [low, high] = [...scale.domain as number[]].sort((a, b) => a - b);
  const ink = screenTheme(store.view).accent;
  let row = 0;
  for (const { value, label } of headMarks(store)) {
    const inside = Math.max(low, Math.min(high, value));
    const at = scale.apply(inside) as number;
    const beyond = value > high ? " \u2192" : value < low ? " \u2190" : "";
    const text = `${label}: ${value.toFixed(2)}${beyond}`;
    if (axis === "x") {
      const right = at > width - marginRight - 6.2 * text.length;
      group.append(
        svgEl("line", {
          x1: at,
          x2: at,
          y1: marginTop - 4,
          y2: height - marginBottom,
          stroke: ink,
          class: "head-mark",
        }),
        svgEl("text", {
          ...{
            x: at + (right ? -5 : 5),
            y: height - marginBottom - 5 - 13 * row++,
            fill: ink,
            class: "head-mark-label",
          },
          "text-anchor": right ? "end" : "start",
        }, text),
      );
    } else {
      group.append(
        svgEl("line", {
          x1: marginLeft,
          x2: width - marginRight,
          y1: at,
          y2: at,
          stroke: ink,
          class: "head-mark",
        }),
        svgEl("text", {
          ...{ x: marginLeft + 4, y: at - 4, fill: ink, class: "head-mark-label" },
          "text-anchor": "start",
        }, text),
      );
    }
  }
}

/** Draws labelled rings at these positions of the figure, in place of the previous marks. */
export function markPlaces(
  store: Store,
  svg: FigureSvg,
  places: readonly { readonly x: number; readonly y: number; readonly label: string }[],
): void {
  const group = markGroup(svg), ink = screenTheme(store.view).accent;
  for (const { x, y, label } of places) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    group.append(
      svgEl("circle", { cx: x, cy: y, r: 7, fill: "none", stroke: ink, class: "head-mark" }),
      svgEl("text", {
        ...{ x: x + 10, y: y - 7, fill: ink, class: "head-mark-label" },
        "text-anchor": "start",
      }, label),
    );
  }
}

/** A new, empty SVG group above the figure; replaces the previous one. */
function markGroup(svg: FigureSvg): SVGGElement {
  svg.querySelector(":scope > g.head-marks")?.remove();
  const group = svgEl("g", { class: "head-marks", "pointer-events": "none" });
  svg.append(group);
  return group;
}

/** Size and margins of a Plot figure, read from the ranges of its scales. */
function frameOf(svg: FigureSvg) {
  const width = Number(svg.getAttribute("width")), height = Number(svg.getAttribute("height"));
  const ends = (name: "x" | "y" | "fy", length: number): [number, number] => {
    const range = svg.scale(name)?.range as [number, number] | undefined;
    return range ? [Math.min(...range), Math.max(...range)] : [0, length];
  };
  const [left, right] = ends("x", width);
  const facets = svg.scale("fy");
  const [top, bottom] = facets ? ends("fy", height) : ends("y", height);
  return {
    width,
    height,
    marginTop: top,
    marginBottom: height - bottom,
    marginLeft: left,
    marginRight: width - right,
  };
}
