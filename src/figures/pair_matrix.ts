import * as Plot from "@observablehq/plot";
import { contrastInk, mixColours } from "./contrast_ink.ts";
import type { FigureOptions } from "./figure_options.ts";
import type { FigureTheme } from "./figure_theme.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";

/** Comparison of two groups. */
export interface PairRow {
  /** Label of the first group. */
  readonly a: string | number;
  /** Label of the second group. */
  readonly b: string | number;
  /** Adjusted p of the primary test, 0 to 1. */
  readonly p: number;
  /** Cliff's delta of b against a, -1 to 1: above 0 if b is further from healthy. */
  readonly delta: number;
}

/** Options of {@linkcode pairMatrix}. */
export interface PairMatrixOptions extends FigureOptions {
  /** Order of rows and columns. @default {order of appearance} */
  order?: readonly (string | number)[];
  /** Only p, only effect sizes, or p below and effect size above the diagonal. @default {"both"} */
  show?: "p" | "effect" | "both";
  /** Formatter of p. @default {three decimals, "< 0.001"} */
  formatP?: (p: number) => string;
}

const MARGIN_LEFT = 40, MARGIN_RIGHT = 4;
/** Mean width of a character relative to the font size. */
const CHARACTER_WIDTH = 0.58;

/** Font size at which the longest text fits into a cell; undefined if the usual size fits. */
function fittingSize(cells: readonly Cell[], cellWidth: number, usual: number): number | undefined {
  const longest = Math.max(1, ...cells.map(({ text }) => text.length));
  const fitting = 0.9 * cellWidth / (CHARACTER_WIDTH * longest);
  return fitting < usual ? fitting : undefined;
}

interface Cell {
  row: string;
  column: string;
  text: string;
  fill: string;
  ink: string;
}

/** Matrix of all pairs of grades: adjusted p in four shades of one colour, effect size in a diverging colour scale. */
export function pairMatrix(pairs: readonly PairRow[], options: PairMatrixOptions = {}): FigureSvg {
  const { show = "both", formatP = plainP } = options;
  const theme = themeOf(options);
  const order = (options.order ?? [...new Set(pairs.flatMap(({ a, b }) => [a, b]))]).map(String);
  const cells = pairs.flatMap((pair) => cellsOf(pair, { order, show, formatP, theme }));
  const diagonal = order.map((group) => ({ row: group, column: group }));
  const width = options.width ?? 420;
  return plotSvg({
    height: Math.min(Math.round(width * 0.84), 400),
    marginLeft: MARGIN_LEFT,
    marginTop: 34,
    marginRight: MARGIN_RIGHT,
    marginBottom: 10,
    x: {
      type: "band",
      domain: order,
      axis: "top",
      label: "grade",
      labelArrow: "none",
      tickSize: 0,
      padding: 0.04,
      labelAnchor: "center",
    },
    y: {
      type: "band",
      domain: order,
      label: "grade",
      labelArrow: "none",
      tickSize: 0,
      padding: 0.04,
      labelAnchor: "center",
    },
    marks: [
      Plot.text(diagonal, { x: "column", y: "row", text: () => "\u00b7", fill: theme.muted }),
      Plot.cell(cells, { x: "column", y: "row", fill: (d: Cell) => d.fill, rx: 2 }),
      Plot.text(cells, {
        x: "column",
        y: "row",
        text: "text",
        fill: (d: Cell) => d.ink,
        fontVariant: "tabular-nums",
        fontSize: fittingSize(cells, (width - MARGIN_LEFT - MARGIN_RIGHT) / order.length, theme.fontSizePx),
      }),
    ],
  }, { ariaLabel: "Every pair of grades: adjusted p and effect size", ...options, width });
}

function cellsOf(
  pair: PairRow,
  { order, show, formatP, theme }: {
    order: string[];
    show: string;
    formatP: (p: number) => string;
    theme: FigureTheme;
  },
): Cell[] {
  const [low, high] = [String(pair.a), String(pair.b)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const flip = String(pair.a) === low ? 1 : -1;
  const step = significanceStep(pair.p);
  const p = {
    text: formatP(pair.p),
    fill: theme.significance[step],
    ink: contrastInk(theme.significance[step]),
  };
  const colour = diverge(theme.diverging, pair.delta * flip);
  const effect = { text: signed(pair.delta * flip), fill: colour, ink: contrastInk(colour) };
  const below = show === "effect" ? effect : p;
  const above = show === "p" ? p : effect;
  return [{ row: high, column: low, ...below }, { row: low, column: high, ...above }];
}

/** 0 for p < 0.001, 1 for < 0.01, 2 for < 0.05, else 3. @throws {RangeError} if p is not from 0 to 1. */
export function significanceStep(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`Cannot colour p: must be from 0 to 1, got ${p}`);
  return p < 0.001 ? 0 : p < 0.01 ? 1 : p < 0.05 ? 2 : 3;
}

function plainP(p: number): string {
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}

/** A number with sign, using the typographic minus. */
function signed(value: number): string {
  return (value < 0 ? "\u2212" : "+") + Math.abs(value).toFixed(2);
}

/** Colour of a value from -1 to 1 on the scale low, zero, high. */
function diverge([low, zero, high]: readonly [string, string, string], value: number): string {
  return mixColours(zero, value < 0 ? low : high, Math.min(1, Math.abs(value)));
}
