import { confusionMatrix } from "../../../src/figures/confusion_matrix.ts";
import { rocCurves } from "../../../src/figures/roc_curves.ts";
import { squareFrame } from "../../../src/figures/square_frame.ts";
import { comparisonsOf } from "../state/comparisons.ts";
import { drawnFigure } from "../frame/drawn_figure.ts";
import { fixed, interval } from "../ui/format.ts";
import type { Store } from "../state/store.ts";

/** How well the distance alone tells each grade from the held-out healthy heads. */
export function rocView(store: Store) {
  return drawnFigure(store, {
    maxWidth: 420,
    exportWidth: 321,
    height: (width) => squareFrame(width, { left: 50, right: 16, top: 12, bottom: 42 }).height,
    draw: (theme, size) => {
      const { study, deviations } = store;
      const split = study.text("split");
      const of = (grade: number) =>
        Array.from(deviations.distance).filter((_, i) =>
          study.grade[i] === grade && (grade > 0 || split[i] === "held-out")
        );
      const healthy = of(0);
      const series = study.grades.filter((grade) => grade > 0).map((grade) => {
        const known = comparisonsOf(store)?.pairs.find((pair) => pair.a === "0" && pair.b === String(grade));
        return {
          grade,
          scores: of(grade),
          note: known ? `${fixed(known.auc)} ${interval(known.aucIntervalBootstrap)}` : "",
        };
      });
      return healthy.length && series.length ? rocCurves(series, { theme, ...size, healthy }) : null;
    },
  });
}

/** The ordinal model's grades against the reference, cross-validated by patient. */
export function stagingView(store: Store) {
  return drawnFigure(store, {
    maxWidth: 380,
    exportWidth: 321,
    height: (width) => 0.9 * width,
    draw: (theme, size) => {
      const confusion = comparisonsOf(store)?.staging?.confusion;
      return confusion?.length ? confusionMatrix(confusion, { theme, ...size }) : null;
    },
  });
}

/** Staging in a sentence. */
export function stagingWords(store: Store): string {
  const staging = comparisonsOf(store)?.staging;
  if (!staging) return "";
  const grades = (staging.perGrade ?? []).map(({ grade, sensitivity, interval: range }) =>
    `grade ${grade} ${fixed(100 * sensitivity, 0)} % ${interval(range.map((v) => 100 * v), 0)}`
  );
  return `Quadratic weighted kappa ${fixed(staging.kappa)} ${interval(staging.kappaInterval)}. Sensitivity: ${
    grades.join("; ")
  }.`;
}
