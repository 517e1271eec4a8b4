import { comparedHeads } from "../state/compared_heads.ts";
import { measureAxis } from "../state/measures.ts";
import { ecdfByGrade } from "../../../src/figures/ecdf_by_grade.ts";
import { qqChiSquare, type QuantilePair } from "../../../src/figures/qq_chi_square.ts";
import { squareFrame } from "../../../src/figures/square_frame.ts";
import { chiSquareQuantile } from "../../../src/stats/distributions/chi_square_quantile.ts";
import { drawnFigure } from "../chart/drawn_figure.ts";
import { markAlong, markPlaces } from "../chart/head_marks.ts";
import { logAxis } from "./histogram_view.ts";
import { thinMarks } from "../state/most_marks.ts";
import { referenceLines } from "../state/reference_lines.ts";
import type { Store } from "../state/store.ts";

/** Distribution functions of the selected heads, or of the compared heads if none is selected. */
export function ecdfView(store: Store) {
  return drawnFigure(store, {
    maxWidth: 560,
    height: () => 300,
    on: ["view", "deviation", "settled"],
    marks: (svg) => markAlong(store, svg, "x"),
    draw: (theme, size) => {
      const rows = ecdfRows(store);
      return rows.length
        ? ecdfByGrade(rows, {
          theme,
          ...size,
          log: logAxis(store),
          references: referenceLines(store),
          label: measureAxis(store),
          thin: thinMarks(store.study),
        })
        : null;
    },
  });
}

/** The heads that the curves show; `distance` is the value of the measure shown. */
export function ecdfRows({ study, deviations, selection, shown }: Store) {
  const compared = comparedHeads(study);
  return Array.from(study.grade, (grade, i) => ({ i, grade, distance: deviations.value[i] }))
    .filter(({ i, grade, distance }) =>
      grade >= 0 && Number.isFinite(distance) && shown[i] &&
      (selection ? selection[i] === 1 : compared[i] === 1)
    );
}

/** Squared distances of the reference group against chi-square quantiles. */
export function qqView(store: Store) {
  return drawnFigure(store, {
    maxWidth: 460,
    height: (width) => squareFrame(width, { left: 50, right: 14, top: 14, bottom: 40 }).height,
    marks: (svg) => {
      // Marked heads are drawn near the right edge, at the height of their squared distance: a head outside the
      // reference group has no expected quantile.
      const scale = svg.scale("y");
      if (!scale) return;
      const [low, high] = scale.domain as number[];
      const { distance } = store.deviations;
      const squared = [
        ...store.live.flatMap(({ label, distance: at }) => at === undefined ? [] : [{ label, at: at ** 2 }]),
        ...(store.focus < 0 ? [] : [{ label: "this head", at: distance[store.focus] ** 2 }]),
      ];
      markPlaces(
        store,
        svg,
        squared.map(({ label, at }) => ({
          x: (svg.scale("x")!.range as number[])[1] - 60,
          y: scale.apply(Math.max(low, Math.min(high, at))) as number,
          label: `${label}: ${at.toFixed(0)}${at > high ? " \u2191" : ""}`,
        })),
      );
    },
    draw: (theme, size) => {
      const pairs = qqPairs(store);
      return pairs.length ? qqChiSquare(pairs, { theme, ...size, degrees: store.study.d }) : null;
    },
  });
}

/** Quantiles at (i - 1/2) / n; for many heads, only at evenly spaced ranks. // [reference] */
export function qqPairs({ study, deviations: { referenceDistance: reference } }: Store): QuantilePair[] {
  const all = Array.from(reference.keys()), ranks = thinMarks(study)?.(all) ?? all;
  return ranks.map((i) => ({
    expected: chiSquareQuantile((i + 0.5) / reference.length, study.d),
    observed: reference[i] * reference[i],
  }));
}
