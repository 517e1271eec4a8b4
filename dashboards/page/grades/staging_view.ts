import { comparedHeads } from "../state/compared_heads.ts";
import { confusionMatrix } from "../../../src/figures/confusion_matrix.ts";
import { rocCurves, rocHeight } from "../../../src/figures/roc_curves.ts";
import { comparisonsOf } from "../state/comparisons.ts";
import { thinMarks } from "../state/most_marks.ts";
import { headMarks, markPlaces } from "../chart/head_marks.ts";
import { drawnFigure } from "../chart/drawn_figure.ts";
import { count, fixed, interval } from "../ui/format.ts";
import { screenTheme } from "../ui/themes.ts";
import type { Store } from "../state/store.ts";

/** ROC curves: how well the measure alone separates each grade from the healthy heads. */
export function rocView(store: Store) {
  return drawnFigure(store, {
    maxWidth: 420,
    exportWidth: 321,
    height: (width) =>
      rocHeight(store.study.grades.filter((grade) => grade > 0).length, {
        width,
        theme: screenTheme(store.view),
      }),
    marks: (svg) => {
      // Position on the curve of a threshold at the head's own value: false-positive rate and sensitivity.
      const compared = comparedHeads(store.study), { value } = store.deviations;
      const share = (at: number, of: (grade: number) => boolean) => {
        const group = Array.from(value.keys()).filter((i) => compared[i] && of(store.study.grade[i]));
        return group.filter((i) => value[i] >= at).length / group.length;
      };
      markPlaces(
        store,
        svg,
        headMarks(store).flatMap(({ value: at, label }) =>
          store.study.grades.filter((grade) => grade > 0).map((grade, k) => ({
            x: svg.scale("x")!.apply(share(at, (g) => g === 0)) as number,
            y: svg.scale("y")!.apply(share(at, (g) => g === grade)) as number,
            label: k === 0 ? label : "",
          }))
        ),
      );
    },
    draw: (theme, size) => {
      const { study, deviations } = store;
      const compared = comparedHeads(study);
      const of = (grade: number) =>
        Array.from(deviations.value).filter((_, i) => study.grade[i] === grade && compared[i]);
      const healthy = of(0);
      const series = study.grades.filter((grade) => grade > 0).map((grade) => {
        const known = comparisonsOf(store)?.pairs.find((pair) => pair.a === "0" && pair.b === String(grade));
        return {
          grade,
          scores: of(grade),
          note: known ? `${fixed(known.auc)} ${interval(known.aucIntervalBootstrap)}` : "",
        };
      });
      return healthy.length && series.length
        ? rocCurves(series, { theme, ...size, healthy, thin: thinMarks(study) })
        : null;
    },
  });
}

/** Grades predicted by the ordinal model against the reference grades, cross-validated by patient. */
export function stagingView(store: Store) {
  return drawnFigure(store, {
    maxWidth: 380,
    exportWidth: 321,
    height: (width) => 0.9 * width,
    marks: (svg) => {
      const { study, focus } = store;
      const [grade, predicted] = focus < 0
        ? [-1, -1]
        : [study.grade[focus], study.number("predicted_grade")[focus]];
      const cell = (name: "x" | "y", k: number) => {
        const scale = svg.scale(name)!;
        return (scale.apply(k) as number) + (scale.bandwidth ?? 0) / 2;
      };
      markPlaces(
        store,
        svg,
        grade >= 0 && predicted >= 0
          ? [{ x: cell("x", predicted), y: cell("y", grade) - 14, label: "" }]
          : [],
      );
    },
    draw: (theme, size) => {
      const confusion = comparisonsOf(store)?.staging?.confusion;
      return confusion?.length ? confusionMatrix(confusion, { theme, ...size }) : null;
    },
  });
}

/** One sentence that summarises the staging. */
export function stagingWords(store: Store): string {
  const staging = comparisonsOf(store)?.staging;
  if (!staging) return "";
  const grades = (staging.perGrade ?? []).map(({ grade, sensitivity, interval: range, n }) =>
    `grade ${grade} (n = ${count(n)}) ${fixed(100 * sensitivity, 0)} % ${
      interval(range.map((v) => 100 * v), 0)
    }`
  );
  const n = staging.heads ?? staging.confusion.flat().reduce((sum, cell) => sum + cell, 0);
  const who = `${count(n)} heads${staging.patients ? ` of ${count(staging.patients)} patients` : ""}`;
  return `${who}. Quadratic weighted kappa ${fixed(staging.kappa)} ${
    interval(staging.kappaInterval)
  } (95 %, bootstrap of patients). Sensitivity: ${grades.join("; ")}.`;
}
