import { ecdfByGrade } from "../../../src/figures/ecdf_by_grade.ts";
import { qqChiSquare, type QuantilePair } from "../../../src/figures/qq_chi_square.ts";
import { squareFrame } from "../../../src/figures/square_frame.ts";
import { chiSquareQuantile } from "../../../src/stats/distributions/chi_square_quantile.ts";
import { drawnFigure } from "../frame/drawn_figure.ts";
import { referenceLines } from "./histogram_view.ts";
import type { Store } from "../state/store.ts";

/** Distribution functions of the selected heads, or of all held-out ones. */
export function ecdfView(store: Store) {
  return drawnFigure(store, {
    maxWidth: 560,
    height: () => 300,
    on: ["view", "deviation", "settled"],
    draw: (theme, size) => {
      const rows = ecdfRows(store);
      return rows.length
        ? ecdfByGrade(rows, { theme, ...size, log: store.view.log, references: referenceLines(store) })
        : null;
    },
  });
}

/** The heads behind the curves. */
export function ecdfRows({ study, deviations, selection, shown }: Store) {
  const split = study.text("split");
  return Array.from(study.grade, (grade, i) => ({ i, grade, distance: deviations.distance[i] }))
    .filter(({ i, grade }) =>
      shown[i] && (selection ? selection[i] === 1 : grade > 0 || split[i] === "held-out" || split[i] === "")
    );
}

/** Squared distances of the held-out healthy heads against chi-square. */
export function qqView(store: Store) {
  return drawnFigure(store, {
    maxWidth: 460,
    height: (width) => squareFrame(width, { left: 50, right: 14, top: 14, bottom: 40 }).height,
    draw: (theme, size) => {
      const pairs = qqPairs(store);
      return pairs.length ? qqChiSquare(pairs, { theme, ...size, degrees: store.study.d }) : null;
    },
  });
}

/** Quantiles at (i - 1/2) / n. // [reference] */
export function qqPairs({ study, deviations: { reference } }: Store): QuantilePair[] {
  return Array.from(reference, (distance, i) => ({
    expected: chiSquareQuantile((i + 0.5) / reference.length, study.d),
    observed: distance * distance,
  }));
}
