import * as Plot from "@observablehq/plot";
import type { FigureOptions } from "./figure_options.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";

/** A closed outline over an image. */
export interface GridOutline {
  /** Corners [x, y] in fractions of the image's side, 0 to 1, from the upper left. */
  readonly points: readonly (readonly [number, number])[];
  /**
   * Dashed and white instead of solid and yellow, so that two outlines can be distinguished in grey print.
   *
   * @default {false}
   */
  readonly dashed?: boolean;
}

/**
 * Colours of the outlines. The yellow of Okabe and Ito has good contrast on black and grey, and white on all but bright
 * bone.
 */
const SOLID = "#f0e442", DASHED = "#ffffff";

/** One image of a grid. */
export interface GridPicture {
  /** Image as a data URL. */
  readonly src: string;
  readonly column: number;
  readonly row: number;
  /** Lines of text below the image. */
  readonly lines?: readonly string[];
  /** Drawn faintly, for example because the frame is an extrapolation. @default {false} */
  readonly faint?: boolean;
  /** Closed outlines over the image. */
  readonly outlines?: readonly GridOutline[];
}

/** Options of {@linkcode pictureGrid}. */
export interface PictureGridOptions extends FigureOptions {
  /** Headings of the columns. @default {[]} */
  columns?: readonly string[];
  /** Headings of the rows. @default {[]} */
  rows?: readonly string[];
}

/** Mean width of a letter, and height of a line of a heading, as shares of the font size. */
const LETTER = 0.56, HEADING_LINE = 1.2;

/** Headings of columns that are `side` wide: a word per line if one would touch its neighbour on a single line. */
function headingsFor(
  names: readonly string[],
  { side, fontSizePx }: { side: number; fontSizePx: number },
): readonly string[] {
  const widest = Math.max(...names.map((name) => name.length)) * LETTER * fontSizePx;
  return widest > side - fontSizePx / 2 ? names.map((name) => name.replaceAll(" ", "\n")) : names;
}

/** Images in rows and columns with text below them: reconstructions and residuals, outlines, the progression. */
export function pictureGrid(pictures: readonly GridPicture[], options: PictureGridOptions = {}): FigureSvg {
  const { rows = [], width = 640 } = options;
  const theme = themeOf(options);
  const across = Math.max(...pictures.map((p) => p.column), (options.columns?.length ?? 0) - 1) + 1;
  const down = Math.max(...pictures.map((p) => p.row), rows.length - 1) + 1;
  const left = rows.length ? Math.max(...rows.map((name) => name.length)) * theme.fontSizePx * LETTER + 8 : 1;
  const gap = 4;
  const side = (width - left - 1) / across - gap;
  const columns = headingsFor(options.columns ?? [], { side, fontSizePx: theme.fontSizePx });
  const lineCount = Math.max(0, ...columns.map((name) => name.split("\n").length));
  const top = lineCount ? theme.fontSizePx * (1.8 + HEADING_LINE * (lineCount - 1)) : 1;
  const tops = [top]; // upper edge of each row, then the lower edge of the last row
  for (let row = 0; row < down; row++) {
    const lines = Math.max(0, ...pictures.filter((p) => p.row === row).map((p) => p.lines?.length ?? 0));
    tops.push(tops[row] + side + gap + (lines ? lines * theme.fontSizePx * 1.3 + 6 : 0));
  }
  const px = (p: { column: number }) => left + p.column * (side + gap);
  const py = (p: { row: number }) => tops[p.row];
  const height = tops[down];
  const outlines = pictures.flatMap((p) =>
    (p.outlines ?? []).map(({ points, dashed = false }) => ({
      dashed,
      line: [...points, points[0]].map(([u, v]) => [px(p) + u * side, py(p) + v * side]),
    }))
  );
  const text = { lineAnchor: "top", fill: theme.ink } as const;
  return plotSvg({
    height,
    margin: 0,
    x: { axis: null, domain: [0, width], range: [0, width] },
    y: { axis: null, domain: [0, height], range: [0, height] },
    marks: [
      Plot.image(pictures, {
        x: (p: GridPicture) => px(p) + side / 2,
        y: (p: GridPicture) => py(p) + side / 2,
        src: "src",
        width: side,
        height: side,
        preserveAspectRatio: "none",
        opacity: (p: GridPicture) => (p.faint ? 0.35 : 1),
      }),
      // A dark line under each outline keeps it visible on bright bone and in greyscale print.
      outlines.map(({ line }) =>
        Plot.line(line, { stroke: "#000000", strokeWidth: 2.6, strokeOpacity: 0.55 })
      ),
      outlines.map(({ line, dashed }) =>
        Plot.line(line, {
          stroke: dashed ? DASHED : SOLID,
          strokeWidth: dashed ? 1 : 1.2,
          strokeDasharray: dashed ? "3,2" : undefined,
        })
      ),
      Plot.text(columns.map((name, column) => ({ name, column })), {
        ...text,
        x: (d: { column: number }) => px(d) + side / 2,
        y: 0,
        text: "name",
        lineHeight: lineCount > 1 ? HEADING_LINE : undefined,
      }),
      Plot.text(rows.map((name, row) => ({ name, row })), {
        ...text,
        x: left - 6,
        y: (d: { row: number }) => py(d) + side / 2,
        text: "name",
        textAnchor: "end",
        lineAnchor: "middle",
      }),
      Plot.text(pictures.filter((p) => p.lines?.length), {
        ...text,
        x: (p: GridPicture) => px(p) + side / 2,
        y: (p: GridPicture) => py(p) + side + 5,
        text: (p: GridPicture) => p.lines!.join("\n"),
        lineHeight: 1.3,
        fill: (p: GridPicture) => (p.faint ? theme.muted : theme.ink),
      }),
    ],
  }, { ariaLabel: `${pictures.length} pictures`, ...options, width });
}
