import * as Plot from "@observablehq/plot";
import type { FigureOptions } from "./figure_options.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";

/** Numbers of the flow diagram: films and heads included, excluded, and per subset. */
export interface CohortFlow {
  /** Number of films. */
  readonly films: number;
  /** Number of patients. */
  readonly patients?: number;
  /** Number of heads that remain after the exclusions. */
  readonly heads: number;
  /** Excluded heads: reason and number. */
  readonly excluded: readonly { readonly reason: string; readonly n: number }[];
  /** Subsets, with number of heads and optionally further lines of text (`detail`, separated by line breaks). */
  readonly arms: readonly { readonly name: string; readonly heads: number; readonly detail?: string }[];
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  lines: string[];
}

/** Flow diagram of the cohort as reporting guidelines require it: films, exclusions, heads, and subsets. */
export function cohortFlow(flow: CohortFlow, options: FigureOptions = {}): FigureSvg {
  const { width = 640 } = options;
  const theme = themeOf(options);
  const line = theme.fontSizePx * 1.35;
  const tall = (lines: readonly string[]) => lines.length * line + 14;
  const narrow = width < 480;
  const mid = narrow ? width * 0.28 : width / 2;
  const boxWidth = Math.min(230, width * 0.5);
  const first = [
    `${group(flow.films)} radiographs`,
    ...(flow.patients ? [`${group(flow.patients)} patients`] : []),
  ];
  const out = flow.excluded.length
    ? ["Not used", ...flow.excluded.map(({ reason, n }) => `${reason}: ${group(n)}`)]
    : ["None excluded"];
  const second = [`${group(flow.heads)} femoral heads`];
  const top: Box = { x: mid, y: 2, width: boxWidth, height: tall(first), lines: first };
  const side: Box = {
    x: width - boxWidth / 2 - 1,
    y: top.height + 20,
    width: boxWidth,
    height: tall(out),
    lines: out,
  };
  const heads: Box = {
    x: mid,
    y: side.y + side.height + 20,
    width: boxWidth,
    height: tall(second),
    lines: second,
  };
  const armWidth = width / flow.arms.length - 10;
  const arms = flow.arms.map(({ name, heads: n, detail }, k): Box => {
    const lines = [name, `${group(n)} heads`, ...(detail ? detail.split("\n").map(grouped) : [])];
    return {
      x: (k + 0.5) * (width / flow.arms.length),
      y: heads.y + heads.height + 34,
      width: armWidth,
      height: tall(lines),
      lines,
    };
  });
  const height = Math.max(...arms.map((box) => box.y + box.height)) + 4;
  const boxes = [top, side, heads, ...arms];
  const branch = heads.y + heads.height + 17;
  const lines = [
    [[mid, top.y + top.height], [mid, heads.y]],
    [[mid, side.y + side.height / 2], [side.x - side.width / 2, side.y + side.height / 2]],
    [[mid, heads.y + heads.height], [mid, branch]],
    [[arms[0].x, branch], [arms.at(-1)!.x, branch]],
    ...arms.map((box) => [[box.x, branch], [box.x, box.y]]),
  ];
  return plotSvg({
    height,
    margin: 0,
    x: { axis: null, domain: [0, width], range: [0, width] },
    y: { axis: null, domain: [0, height], range: [0, height] },
    marks: [
      lines.map((points) => Plot.line(points, { stroke: theme.muted, strokeWidth: 1 })),
      Plot.rect(boxes, {
        x1: (b: Box) => b.x - b.width / 2,
        x2: (b: Box) => b.x + b.width / 2,
        y1: "y",
        y2: (b: Box) => b.y + b.height,
        fill: theme.paper,
        stroke: theme.ink,
        strokeWidth: 0.8,
        rx: 3,
      }),
      boxes.flatMap((b) =>
        b.lines.map((words, k) =>
          Plot.text([words], {
            x: b.x,
            y: b.y + 7 + (k + 0.5) * line,
            text: [words],
            fontWeight: k === 0 ? 600 : 400,
            fill: k < 2 ? theme.ink : theme.muted,
          })
        )
      ),
    ],
  }, { ariaLabel: `Cohort: ${flow.films} radiographs, ${flow.heads} heads`, ...options, width });
}

/** A number with thousands separators, such as 1,818. */
function group(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Adds thousands separators to the whole numbers in a text. */
function grouped(words: string): string {
  return words.replace(/\d{4,}/g, (digits) => group(Number(digits)));
}
