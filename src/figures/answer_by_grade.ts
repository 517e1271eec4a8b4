import * as Plot from "@observablehq/plot";
import { quantile } from "d3";
import type { FigureOptions, Thin } from "./figure_options.ts";
import { type FigureSvg, plotSvg, themeOf } from "./plot_svg.ts";
import type { ReferenceLine } from "./reference_marks.ts";

/** Distances of the heads of one grade, for {@linkcode answerByGrade}. */
export interface AnswerRow {
  readonly grade: number;
  readonly values: ArrayLike<number>;
  /** Text at the right, such as "p < 0.001". */
  readonly note?: string;
  /** True if the grade differs significantly from grade 0; its name is then bold. @default {false} */
  readonly differs?: boolean;
}

/** Options of {@linkcode answerByGrade}. */
export interface AnswerOptions extends FigureOptions {
  /** Label of the axis. @default {"Mahalanobis distance from healthy"} */
  label?: string;
  /** Dotted line through all grades, such as the 95th percentile of healthy heads. */
  reference?: ReferenceLine;
  /** Selects the heads of a grade that are drawn as ticks; bar and median always use all heads. @default all */
  thin?: Thin;
}

const ROW_PX = 34;

/**
 * The main result, one row per grade: the heads as fine ticks, the interquartile range as a bar and the median as a
 * dot, with a note at the right, such as p against grade 0.
 */
export function answerByGrade(rows: readonly AnswerRow[], options: AnswerOptions = {}): FigureSvg {
  const { label = "Mahalanobis distance from healthy", reference } = options;
  const theme = themeOf(options);
  const colour = ({ grade }: { grade: number }) => theme.grades[grade % theme.grades.length];
  const { thin } = options;
  const heads = rows.flatMap(({ grade, values }) => {
    const drawn = thin ? thin(Array.from(values).sort((a, b) => a - b)) : Array.from(values);
    return drawn.map((value) => ({ grade, value }));
  });
  const summaries = rows.map((row) => ({
    ...row,
    q1: quantile(Array.from(row.values), 0.25) ?? NaN,
    median: quantile(Array.from(row.values), 0.5) ?? NaN,
    q3: quantile(Array.from(row.values), 0.75) ?? NaN,
  }));
  const named = (differs: boolean) =>
    Plot.text(summaries.filter((row) => (row.differs ?? false) === differs), {
      fy: "grade",
      text: ({ grade }: AnswerRow) => `grade ${grade}`,
      frameAnchor: "left",
      dx: -8,
      textAnchor: "end",
      fontWeight: differs ? 700 : 400,
      fill: differs ? theme.ink : theme.muted,
    });
  return plotSvg({
    height: ROW_PX * rows.length + (reference ? 56 : 52),
    marginLeft: 62,
    marginRight: 92,
    marginTop: reference ? 22 : 6,
    marginBottom: 36,
    x: { label, labelArrow: "none", labelAnchor: "center", ticks: 6, tickFormat: "~r", nice: true },
    y: { domain: [-1, 1], axis: null },
    fy: { domain: rows.map(({ grade }) => grade), axis: null, padding: 0.16 },
    marks: [
      reference
        ? [
          Plot.ruleX([reference], {
            x: "value",
            stroke: theme.muted,
            strokeDasharray: "2,3",
            strokeWidth: 0.8,
          }),
          Plot.text([{ ...reference, grade: rows[0].grade }], {
            ...{ x: "value", fy: "grade", text: "label", frameAnchor: "top", dy: -6 } as const,
            ...{ lineAnchor: "bottom", fill: theme.muted } as const,
          }),
        ]
        : null,
      Plot.ruleX(heads, {
        ...{ x: "value", fy: "grade", y1: () => -0.9, y2: () => 0.9, stroke: colour },
        ...{ strokeOpacity: 0.4, strokeWidth: 0.9 },
      }),
      Plot.rect(summaries, {
        ...{ x1: "q1", x2: "q3", y1: () => -0.42, y2: () => 0.42, fy: "grade" },
        ...{ fill: colour, fillOpacity: 0.85, rx: 2 },
      }),
      Plot.dot(summaries, {
        ...{ x: "median", y: () => 0, fy: "grade", r: 4, fill: theme.paper, stroke: theme.ink },
        ...{ strokeWidth: 1.4 },
      }),
      named(true),
      named(false),
      Plot.text(summaries, {
        ...{ fy: "grade", text: (row: AnswerRow) => row.note ?? "", frameAnchor: "right" } as const,
        ...{ dx: 8, textAnchor: "start", fill: theme.ink } as const,
      }),
    ],
  }, { ariaLabel: "Distance from healthy by grade, with p against grade 0", ...options });
}
